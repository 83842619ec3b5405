using System.Globalization;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>How many edits away a word may be: a number, or by its length (Elasticsearch reference, "Fuzziness").</summary>
/// <param name="Low">From this length on one edit.</param>
/// <param name="High">From this length on two.</param>
/// <param name="Fixed">A number for all words; null where it depends on the length.</param>
internal sealed record Fuzziness(int Low, int High, int? Fixed)
{
    /// <summary>Up to two letters none, up to five one, then two.</summary>
    public static Fuzziness Auto { get; } = new(3, 6, null);

    /// <summary>No edits.</summary>
    public static Fuzziness None { get; } = new(0, 0, 0);

    /// <summary>Reads one; null when it is none.</summary>
    public static Fuzziness? Parse(string text)
    {
        if (text.StartsWith("AUTO", StringComparison.OrdinalIgnoreCase))
        {
            var ends = text.Length == 4 ? null : text[4] == ':' ? text[5..].Split(',') : [];
            return ends is null ? Auto
                : ends.Length == 2 && TryWhole(ends[0], out var low) && TryWhole(ends[1], out var high) && low <= high ? new Fuzziness(low, high, null)
                : null;
        }

        return DslValue.TryParse(text, out var number) && number is 0 or 1 or 2 ? new Fuzziness(0, 0, (int)number) : null;
    }

    /// <summary>The edits for a word.</summary>
    public int For(string word)
    {
        var length = new StringInfo(word).LengthInTextElements;
        return Fixed ?? (length < Low ? 0 : length < High ? 1 : 2);
    }

    private static bool TryWhole(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
