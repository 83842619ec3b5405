using System.Buffers.Binary;

namespace Cartulary.Storage.Commits;

/// <summary>The hash of a request as both databases keep it: 16 bytes, big endian.</summary>
internal static class RequestHash
{
    /// <summary>The stored form.</summary>
    public static byte[] ToBytes(UInt128 hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }

    /// <summary>Reads the stored form.</summary>
    public static UInt128 Read(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);
}
