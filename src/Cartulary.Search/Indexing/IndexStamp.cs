using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;

namespace Cartulary.Search.Indexing;

/// <summary>
/// How far an index has come, and with what; written in the same commit as its documents, so that the two cannot part. The
/// layout is in docs/formats/search-index.md.
/// </summary>
/// <param name="LogId">The log that it follows.</param>
/// <param name="Sequence">The last event that it holds.</param>
/// <param name="Marks">The hashes of what its documents depend on of the types (<see cref="SearchSchema.Lines"/>).</param>
internal sealed record IndexStamp(Guid LogId, long Sequence, IReadOnlySet<ulong> Marks)
{
    /// <summary>Rises whenever the same asset would make another document, or the same document be stored otherwise.</summary>
    private const string Format = "2";

    /// <summary>The hashes of what documents depend on of a registry.</summary>
    public static HashSet<ulong> MarksOf(TypeRegistry registry) =>
        [.. SearchSchema.Lines(registry).Select(line => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(line)))];

    /// <summary>The stamp in a commit's data; null when there is none, or one of another format.</summary>
    public static IndexStamp? Read(IDictionary<string, string> data)
    {
        if (!data.TryGetValue("format", out var format) || format != Format
            || !data.TryGetValue("log", out var log) || !Guid.TryParse(log, out var logId)
            || !data.TryGetValue("sequence", out var text) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || !data.TryGetValue("types", out var marks))
        {
            return null;
        }

        var bytes = new byte[marks.Length];
        return Convert.TryFromBase64String(marks, bytes, out var length) && length % sizeof(ulong) == 0
            ? new IndexStamp(logId, sequence, MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(0, length)).ToArray().ToHashSet())
            : null;
    }

    /// <summary>The stamp as a commit's data.</summary>
    public Dictionary<string, string> ToData() => new(StringComparer.Ordinal)
    {
        ["format"] = Format,
        ["log"] = LogId.ToString("D"),
        ["sequence"] = Sequence.ToString(CultureInfo.InvariantCulture),
        ["types"] = Convert.ToBase64String(MemoryMarshal.AsBytes<ulong>([.. Marks.Order()])),
    };
}
