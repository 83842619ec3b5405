using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>Where a reader of a snapshot is; given to it as a text that means nothing to it.</summary>
/// <param name="LogId">The log that the position belongs to.</param>
/// <param name="Position">The sequence after which the reader follows the feed.</param>
/// <param name="After">The last asset it has had.</param>
internal sealed record SnapshotPlace(Guid LogId, long Position, AssetId After)
{
    private const byte Format = 1;
    private const int Length = 33;

    /// <summary>Before the first asset, with the position as it is now.</summary>
    public static SnapshotPlace Start(CatalogHead head) => new(head.LogId, head.Sequence, default);

    /// <summary>Reads a text that <see cref="ToText"/> gave.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SnapshotPlace? place)
    {
        place = null;
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length > Length * 2 || !Base64Url.IsValid(text, out var length) || length != Length)
        {
            return false;
        }

        Base64Url.DecodeFromChars(text, bytes);
        var (position, after) = (BinaryPrimitives.ReadInt64BigEndian(bytes[17..]), BinaryPrimitives.ReadInt64BigEndian(bytes[25..]));
        if (bytes[0] != Format || position < 0 || after < 0)
        {
            return false;
        }

        place = new SnapshotPlace(new Guid(bytes[1..17], bigEndian: true), position, new AssetId(after));
        return true;
    }

    /// <summary>The place as a text for a query.</summary>
    public string ToText()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Format;
        LogId.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], Position);
        BinaryPrimitives.WriteInt64BigEndian(bytes[25..], After.Value);
        return Base64Url.EncodeToString(bytes);
    }
}
