using System.Buffers.Binary;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;

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

    /// <summary>The link that a guid stands for; false when the text is no guid, or one that no edge can have.</summary>
    public static bool TryRead(string? text, out long link)
    {
        link = 0;
        if (!RequestGuid.TryParseReal(text, out var guid))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        link = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & ~0x8000_0000_0000_0000);
        return guid == Of(link);
    }

    /// <summary>The problem of a guid that no edge has.</summary>
    internal static Problem NotFound(string guid) =>
        new(ErrorCodes.RelationshipNotFound, "guid", $"Given relationship guid {guid} is invalid/not found");

    /// <summary>The problem of a guid whose edge has ended.</summary>
    internal static Problem Ended(string guid) => new(ErrorCodes.RelationshipEnded, "guid", $"the relationship {guid} has ended");
}
