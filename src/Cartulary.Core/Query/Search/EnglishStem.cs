using System.Buffers;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// The stem of an English word, by the rules of M. F. Porter, "An algorithm for suffix stripping" (1980). Words of other
/// letters than a to z, and those of one or two, are their own stems.
/// </summary>
internal sealed class EnglishStem
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz");

    // Suffixes of step 2 and 3, longer ones before those that they end with.
    private static readonly (string Suffix, string Instead)[] Second =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string Suffix, string Instead)[] Third =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly string[] Fourth =
    [
        "ement", "ment", "ent", "ance", "ence", "able", "ible", "ant", "ion", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic", "ou",
    ];

    private string _word;

    private EnglishStem(string word) => _word = word;

    /// <summary>The stem of a word in lower case.</summary>
    public static string Of(string word)
    {
        if (word.Length < 3 || word.AsSpan().ContainsAnyExcept(Letters))
        {
            return word;
        }

        var stem = new EnglishStem(word);
        stem.DropPlural();
        stem.DropPast();
        stem.TurnY();
        stem.Replace(Second);
        stem.Replace(Third);
        stem.DropFourth();
        stem.DropLast();
        return stem._word;
    }

    private void DropPlural()
    {
        if (_word.EndsWith("sses", StringComparison.Ordinal) || _word.EndsWith("ies", StringComparison.Ordinal))
        {
            Cut(2);
        }
        else if (_word.EndsWith('s') && !_word.EndsWith("ss", StringComparison.Ordinal))
        {
            Cut(1);
        }
    }

    private void DropPast()
    {
        if (_word.EndsWith("eed", StringComparison.Ordinal))
        {
            if (Measure(_word.Length - 3) > 0)
            {
                Cut(1);
            }
        }
        else if ((_word.EndsWith("ed", StringComparison.Ordinal) && HasVowel(_word.Length - 2))
            || (_word.EndsWith("ing", StringComparison.Ordinal) && HasVowel(_word.Length - 3)))
        {
            Cut(_word.EndsWith('d') ? 2 : 3);
            Mend();
        }
    }

    private void Mend()
    {
        if (_word.EndsWith("at", StringComparison.Ordinal) || _word.EndsWith("bl", StringComparison.Ordinal) || _word.EndsWith("iz", StringComparison.Ordinal))
        {
            _word += "e";
        }
        else if (EndsDouble() && _word[^1] is not ('l' or 's' or 'z'))
        {
            Cut(1);
        }
        else if (Measure(_word.Length) == 1 && EndsShort(_word.Length))
        {
            _word += "e";
        }
    }

    private void TurnY()
    {
        if (_word.EndsWith('y') && HasVowel(_word.Length - 1))
        {
            _word = _word[..^1] + "i";
        }
    }

    private void Replace((string Suffix, string Instead)[] rules)
    {
        foreach (var (suffix, instead) in rules)
        {
            if (_word.EndsWith(suffix, StringComparison.Ordinal))
            {
                if (Measure(_word.Length - suffix.Length) > 0)
                {
                    _word = _word[..^suffix.Length] + instead;
                }

                return;
            }
        }
    }

    private void DropFourth()
    {
        foreach (var suffix in Fourth)
        {
            if (_word.EndsWith(suffix, StringComparison.Ordinal))
            {
                var rest = _word.Length - suffix.Length;
                if (Measure(rest) > 1 && (suffix != "ion" || (rest > 0 && _word[rest - 1] is 's' or 't')))
                {
                    Cut(suffix.Length);
                }

                return;
            }
        }
    }

    private void DropLast()
    {
        if (_word.EndsWith('e'))
        {
            var measure = Measure(_word.Length - 1);
            if (measure > 1 || (measure == 1 && !EndsShort(_word.Length - 1)))
            {
                Cut(1);
            }
        }

        if (_word.EndsWith("ll", StringComparison.Ordinal) && Measure(_word.Length) > 1)
        {
            Cut(1);
        }
    }

    private void Cut(int count) => _word = _word[..^count];

    private bool IsVowel(int at) => _word[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => true,
        'y' => at > 0 && !IsVowel(at - 1),
        _ => false,
    };

    private bool HasVowel(int length) => Enumerable.Range(0, length).Any(IsVowel);

    private bool EndsDouble() => _word.Length > 1 && _word[^1] == _word[^2] && !IsVowel(_word.Length - 1);

    /// <summary>Whether the first letters end with consonant, vowel, consonant, the last none of w, x and y.</summary>
    private bool EndsShort(int length) => length > 2 && !IsVowel(length - 3) && IsVowel(length - 2) && !IsVowel(length - 1) && _word[length - 1] is not ('w' or 'x' or 'y');

    /// <summary>How often vowels are followed by consonants in the first letters.</summary>
    private int Measure(int length)
    {
        var count = 0;
        for (var i = 1; i < length; i++)
        {
            count += IsVowel(i - 1) && !IsVowel(i) ? 1 : 0;
        }

        return count;
    }
}
