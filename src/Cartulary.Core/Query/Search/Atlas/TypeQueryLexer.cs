using System.Text;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>Cuts a query of Apache Atlas's language into words, texts, numbers and signs.</summary>
internal static class TypeQueryLexer
{
    private static readonly string[] Signs = ["!=", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", "."];

    /// <summary>The tokens; null with the place where the text makes no sense.</summary>
    public static List<TypeQueryToken>? Read(string text, out int failedAt)
    {
        var tokens = new List<TypeQueryToken>();
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] is '"' or '\'' or '`')
            {
                if (Quoted(text, ref at) is not { } quoted)
                {
                    failedAt = start;
                    return null;
                }

                tokens.Add(new TypeQueryToken(text[start] == '`' ? TypeQueryTokenKind.Name : TypeQueryTokenKind.Text, quoted, start));
            }
            else if (IsWordPart(text[at]) || (text[at] == '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            {
                at++;
                while (at < text.Length && (IsWordPart(text[at]) || (text[at] == '.' && IsNumber(text, start, at))))
                {
                    at++;
                }

                var isNumber = char.IsAsciiDigit(text[start]) || text[start] == '-';
                tokens.Add(new TypeQueryToken(isNumber ? TypeQueryTokenKind.Number : TypeQueryTokenKind.Word, text[start..at], start));
            }
            else if (Array.Find(Signs, sign => string.CompareOrdinal(text, start, sign, 0, sign.Length) == 0) is { } found)
            {
                tokens.Add(new TypeQueryToken(TypeQueryTokenKind.Sign, found, start));
                at += found.Length;
            }
            else
            {
                failedAt = at;
                return null;
            }
        }

        failedAt = -1;
        return tokens;
    }

    private static bool IsWordPart(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    private static bool IsNumber(string text, int start, int at) => char.IsAsciiDigit(text[at - 1]) && text.AsSpan(start, at - start).TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0;

    private static string? Quoted(string text, ref int at)
    {
        var mark = text[at++];
        var quoted = new StringBuilder();
        while (at < text.Length && text[at] != mark)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            quoted.Append(text[at++]);
        }

        return at++ < text.Length ? quoted.ToString() : null;
    }
}

/// <summary>A piece of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="At">Where it begins.</param>
internal sealed record TypeQueryToken(TypeQueryTokenKind Kind, string Text, int At);

/// <summary>What a piece of a query is.</summary>
internal enum TypeQueryTokenKind
{
    /// <summary>A name or a word of the language.</summary>
    Word,

    /// <summary>A name that is no word of the language.</summary>
    Name,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A sign.</summary>
    Sign,
}
