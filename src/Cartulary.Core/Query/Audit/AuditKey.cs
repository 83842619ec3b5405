using System.Globalization;

namespace Cartulary.Core.Query.Audit;

/// <summary>The name of an entry as a place in the log: the event's sequence and which part of it. The default is before the first event.</summary>
/// <param name="Sequence">The event's sequence.</param>
/// <param name="Part">Which of the event's tags or sets.</param>
public readonly record struct AuditKey(long Sequence, int Part)
{
    /// <summary>Reads <c>GUID:TIME:SEQUENCE</c> with or without <c>:PART</c>.</summary>
    public static bool TryParse(string text, out AuditKey key)
    {
        var parts = text.Split(':');
        var part = 0;
        var isKey = parts.Length is 3 or 4
            && Guid.TryParseExact(parts[0], "D", out _)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (isKey
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && (parts.Length == 3 || int.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out part)))
        {
            key = new AuditKey(sequence, part);
            return true;
        }

        key = default;
        return false;
    }

    /// <summary>Whether an entry is the one of this name, or comes after it where the newest come first.</summary>
    internal bool IsAtOrBefore(AuditEntry entry) => entry.Sequence < Sequence || (entry.Sequence == Sequence && entry.Part >= Part);
}
