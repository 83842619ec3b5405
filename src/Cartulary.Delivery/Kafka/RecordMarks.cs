using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Cartulary.Delivery.Kafka;

/// <summary>What the headers of a record say about where it stands; the same in every form.</summary>
/// <param name="Log">The log that the event is of.</param>
/// <param name="Sequence">The event's place in it.</param>
/// <param name="Part">Which part of the event the record is, from 0.</param>
/// <param name="Parts">How many parts the event has.</param>
public readonly record struct RecordMarks(Guid Log, long Sequence, int Part, int Parts)
{
    /// <summary>The header of the log's id.</summary>
    public const string LogHeader = "cartulary-log";

    /// <summary>The header of the sequence.</summary>
    public const string SequenceHeader = "cartulary-sequence";

    /// <summary>The header of the asset's version.</summary>
    public const string VersionHeader = "cartulary-asset-version";

    /// <summary>The header that only parts have: number, from 0, and count, with a stroke between them.</summary>
    public const string PartHeader = "cartulary-part";

    /// <summary>Reads headers; null for a record that is none of ours.</summary>
    public static RecordMarks? Read(Headers? headers)
    {
        if (!Guid.TryParse(Text(headers, LogHeader), out var log) || !TryNumber(Text(headers, SequenceHeader), out var sequence))
        {
            return null;
        }

        var part = Text(headers, PartHeader)?.Split('/');
        return part is [var index, var count] && TryNumber(index, out var number) && TryNumber(count, out var all)
            ? new RecordMarks(log, sequence, (int)number, (int)all)
            : new RecordMarks(log, sequence, 0, 1);
    }

    internal void Write(Headers headers)
    {
        Add(headers, LogHeader, Log.ToString("D"));
        Add(headers, SequenceHeader, Sequence.ToString(CultureInfo.InvariantCulture));
        if (Parts > 1)
        {
            Add(headers, PartHeader, string.Create(CultureInfo.InvariantCulture, $"{Part}/{Parts}"));
        }
    }

    internal static void Add(Headers headers, string name, string value) => headers.Add(name, Encoding.UTF8.GetBytes(value));

    private static string? Text(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;

    private static bool TryNumber(string? text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
