using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Cartulary.Delivery.Kafka;

/// <summary>
/// A value that is too large for one record, as Apache Atlas sends it: compressed, in base64, in the wrapper of its notifications, and cut into
/// parts where it is too large still (Apache Atlas, <c>AtlasNotificationStringMessage</c>). The id follows from the event's place alone, so a
/// resend repeats it.
/// </summary>
public static class SplitMessage
{
    /// <summary>What the wrapper and the record's own fields may take.</summary>
    public const int Overhead = 512;

    /// <summary>The wrapped parts of a value, each at most <paramref name="bytesMax"/> long.</summary>
    /// <param name="log">The log that the event is of.</param>
    /// <param name="sequence">Its place.</param>
    /// <param name="value">What the record would hold.</param>
    /// <param name="bytesMax">The largest record.</param>
    public static ImmutableArray<byte[]> Of(Guid log, long sequence, ReadOnlySpan<byte> value, int bytesMax)
    {
        var text = Convert.ToBase64String(Compress(value));
        var most = bytesMax - Overhead;
        var id = $"{IdOf(log, sequence):D}_1";
        if (text.Length <= most)
        {
            return [Wrap(id, index: 1, count: 1, text)];
        }

        var count = (text.Length + most - 1) / most;
        return [.. Enumerable.Range(0, count).Select(index => Wrap(id, index, count, text.AsSpan(index * most, Math.Min(most, text.Length - (index * most)))))];
    }

    private static byte[] Compress(ReadOnlySpan<byte> value)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(value);
        }

        return compressed.ToArray();
    }

    private static byte[] Wrap(string id, int index, int count, ReadOnlySpan<char> text)
    {
        var head = string.Concat(
            "{\"version\":{\"version\":\"1.0.0\",\"versionParts\":[1]},\"msgId\":\"",
            id,
            "\",\"msgCompressionKind\":\"GZIP\",",
            string.Create(CultureInfo.InvariantCulture, $"\"msgSplitIdx\":{index},\"msgSplitCount\":{count},\"message\":\""));
        var wrapped = new byte[head.Length + text.Length + 2];
        Encoding.ASCII.GetBytes(head, wrapped);
        Encoding.ASCII.GetBytes(text, wrapped.AsSpan(head.Length));
        "\"}"u8.CopyTo(wrapped.AsSpan(head.Length + text.Length));
        return wrapped;
    }

    /// <summary>A UUID of version 8 (RFC 9562) from the place.</summary>
    private static Guid IdOf(Guid log, long sequence)
    {
        Span<byte> place = stackalloc byte[16 + sizeof(long)];
        log.TryWriteBytes(place, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(place[16..], sequence);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(place, hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
