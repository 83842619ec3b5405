using System.Buffers.Binary;

namespace Cartulary.Core.Query;

/// <summary>
/// The public guid of an edge: its link number in a guid of version 8 (RFC 9562), so that no edge needs to store one and
/// every guid leads back to its edge.
/// </summary>
public static class EdgeGuid
{
    private const ulong Prefix = 0xCA57_0000_0000_8000;

    /// <summary>The guid of a link.</summary>
    public static Guid Of(long link)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Prefix);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (ulong)link);
        return new Guid(bytes, bigEndian: true);
    }
}
