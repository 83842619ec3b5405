using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cartulary.Server.Auth;

/// <summary>
/// The SHA-256 of a key. Keys are compared by it alone, so that the time a comparison takes tells nothing about a key.
/// </summary>
internal readonly record struct KeyHash(UInt128 High, UInt128 Low)
{
    /// <summary>The hash of a key's text.</summary>
    public static KeyHash Of(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return From(hash);
    }

    /// <summary>A stored hash.</summary>
    public static KeyHash From(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));

    /// <summary>The 32 bytes as they are stored.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), Low);
        return bytes;
    }
}
