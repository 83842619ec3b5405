using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Cartulary.Core.Export;
using Cartulary.Core.Ports;

namespace Cartulary.Server.Endpoints.Exchange;

/// <summary>The moment of an export as a text that means nothing to its reader.</summary>
internal static class MomentText
{
    private const byte Format = 1;
    private const int Length = 49;

    /// <summary>Reads a text that <see cref="Write"/> gave.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ExportMoment? moment)
    {
        moment = null;
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length > Length * 2 || !Base64Url.IsValid(text, out var length) || length != Length)
        {
            return false;
        }

        Base64Url.DecodeFromChars(text, bytes);
        var (commit, trimmed, types) = (Number(bytes[17..]), Number(bytes[25..]), Number(bytes[33..]));
        if (bytes[0] != Format || trimmed < 0 || commit < trimmed || types < 0)
        {
            return false;
        }

        moment = new ExportMoment(
            new Guid(bytes[1..17], bigEndian: true), new CommitNumber(commit), new CommitNumber(trimmed), types, BinaryPrimitives.ReadUInt64BigEndian(bytes[41..]));
        return true;

        static long Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    /// <summary>The text of a moment.</summary>
    public static string Write(ExportMoment moment)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Format;
        moment.LogId.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], moment.Commit.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes[25..], moment.Trimmed.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes[33..], moment.RegistryVersion);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[41..], moment.Scope);
        return Base64Url.EncodeToString(bytes);
    }
}
