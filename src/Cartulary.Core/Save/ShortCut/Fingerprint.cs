using System.IO.Hashing;

namespace Cartulary.Core.Save.ShortCut;

/// <summary>128 bits that stand for the bytes of one member of a request, and for the way they were sent. Equality is by value.</summary>
internal readonly record struct Fingerprint(ulong High, ulong Low)
{
    /// <summary>The fingerprint of a member without a local guid of its own.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> member, long seed) => From(XxHash128.HashToUInt128(member, seed));

    /// <summary>The fingerprint of a member with a local guid of its own: of what stands before it, and after it.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, long seed)
    {
        var first = From(XxHash128.HashToUInt128(before, seed));
        var second = From(XxHash128.HashToUInt128(after, unchecked((long)(first.High ^ first.Low))));
        return new Fingerprint(second.High ^ ulong.RotateLeft(first.High, 1), second.Low ^ ulong.RotateLeft(first.Low, 1));
    }

    private static Fingerprint From(UInt128 hash) => new((ulong)(hash >> 64), (ulong)hash);
}
