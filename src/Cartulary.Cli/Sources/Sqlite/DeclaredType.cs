using System.Text.RegularExpressions;

namespace Cartulary.Cli.Sources.Sqlite;

/// <summary>
/// What the numbers in a declared type mean. SQLite itself gives them no meaning; people write them as they do elsewhere:
/// <c>varchar(40)</c> is a length, <c>decimal(10,2)</c> digits and decimals. In any other type they are left unread.
/// </summary>
/// <param name="MaxLength">The longest text or bytes, or null.</param>
/// <param name="Precision">The number of digits, or null.</param>
/// <param name="Scale">The digits after the point, or null.</param>
internal sealed partial record DeclaredType(int? MaxLength, int? Precision, int? Scale)
{
    private static readonly DeclaredType WithoutNumbers = new(null, null, null);

    /// <summary>Reads a declared type.</summary>
    public static DeclaredType Parse(string declared)
    {
        var match = Numbers().Match(declared);
        if (!match.Success || !int.TryParse(match.Groups["first"].ValueSpan, out var first))
        {
            return WithoutNumbers;
        }

        var name = match.Groups["name"].Value;
        if (!match.Groups["second"].Success && Lengthy().IsMatch(name))
        {
            return new(first, null, null);
        }

        if (!Numeric().IsMatch(name))
        {
            return WithoutNumbers;
        }

        return new(null, first, int.TryParse(match.Groups["second"].ValueSpan, out var second) ? second : null);
    }

    [GeneratedRegex(@"^(?<name>[^(]*)\(\s*(?<first>\d+)\s*(,\s*(?<second>\d+)\s*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex("CHAR|TEXT|CLOB|BLOB|BINARY|STRING", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Lengthy();

    [GeneratedRegex("DEC|NUM|REAL|DOUB|FLOA", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Numeric();
}
