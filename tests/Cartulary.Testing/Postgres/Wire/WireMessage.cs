using System.Buffers.Binary;
using System.Text;

namespace Cartulary.Testing.Postgres.Wire;

/// <summary>One message of PostgreSQL's protocol, as it stands on the wire.</summary>
/// <param name="Type">Its type; 0 for the one that opens a connection, which has none.</param>
/// <param name="Bytes">All of it.</param>
internal sealed record WireMessage(char Type, byte[] Bytes)
{
    private const int LengthBytes = 4;

    /// <summary>Reads one; null at the end.</summary>
    public static async Task<WireMessage?> ReadAsync(Stream stream, bool isFirst, CancellationToken cancellationToken)
    {
        var head = new byte[isFirst ? LengthBytes : LengthBytes + 1];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) < head.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - LengthBytes));
        var bytes = new byte[head.Length - LengthBytes + length];
        head.CopyTo(bytes, 0);
        await stream.ReadExactlyAsync(bytes.AsMemory(head.Length), cancellationToken);
        return new WireMessage(isFirst ? '\0' : (char)head[0], bytes);
    }

    /// <summary>The texts at the beginning of its body, each ended by a zero byte.</summary>
    public (string First, string Second) Texts()
    {
        var body = Bytes.AsSpan(LengthBytes + 1);
        var end = body.IndexOf((byte)0);
        var rest = body[(end + 1)..];
        return (Encoding.UTF8.GetString(body[..end]), Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]));
    }

    /// <summary>Whether it says that a commit has been carried out.</summary>
    public bool IsCommitted => Type == 'C' && Bytes.AsSpan(LengthBytes + 1).StartsWith("COMMIT"u8);
}
