namespace Cartulary.Core.Lineage.Filters;

/// <summary>Patterns of whole texts: <c>*</c> is any characters, <c>?</c> is one.</summary>
internal static class FilterPattern
{
    /// <summary>Whether a text has the form of a pattern. The time it takes is at most the product of their lengths.</summary>
    public static bool Matches(string text, string pattern)
    {
        var (at, of, star, retry) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (of < pattern.Length && pattern[of] == '*')
            {
                (star, retry) = (of++, at);
            }
            else if (of < pattern.Length && (pattern[of] == '?' || pattern[of] == text[at]))
            {
                (at, of) = (at + 1, of + 1);
            }
            else if (star >= 0)
            {
                // What follows the last star did not fit here, so the star takes one character more.
                (of, at) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(of).TrimStart('*').IsEmpty;
    }
}
