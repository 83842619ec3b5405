using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cartulary.Cli.Output;

/// <summary>Attribute values as people read them.</summary>
internal static class ValueText
{
    /// <summary>A value on one line; absence is a dash.</summary>
    public static string Of(JsonElement? value) => value switch
    {
        null => "-",
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => "-",
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } words ? Printable(words) : "\"\"",
        { ValueKind: JsonValueKind.Array } list => $"[{string.Join(", ", list.EnumerateArray().Select(item => Of(item)))}]",
        { ValueKind: JsonValueKind.Object } map =>
            $"{{{string.Join(", ", map.EnumerateObject().Select(member => $"{Printable(member.Name)}: {Of(member.Value)}"))}}}",
        { } other => other.GetRawText(),
    };

    /// <summary>Text that cannot steer the terminal: control characters are shown as escapes.</summary>
    public static string Printable(string text)
    {
        if (!text.Any(IsControl))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\n' => printable.Append("\\n"),
                '\r' => printable.Append("\\r"),
                '\t' => printable.Append("\\t"),
                _ when IsControl(letter) => printable.Append($"\\u{(int)letter:x4}"),
                _ => printable.Append(letter),
            };
        }

        return printable.ToString();
    }

    /// <summary>A moment given in milliseconds since 1970, in UTC to the second.</summary>
    public static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number with its thousands apart.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // Besides C0 and C1, the marks that turn the direction of text around can make a line read as what it is not.
    private static bool IsControl(char letter) =>
        char.IsControl(letter) || letter is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
