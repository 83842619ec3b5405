using System.Globalization;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Reads single values of a search.</summary>
internal static class DslValue
{
    /// <summary>A boolean, also as text; null when it is none.</summary>
    public static bool? Boolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when value.ValueEquals("true"u8) => true,
        JsonValueKind.String when value.ValueEquals("false"u8) => false,
        _ => null,
    };

    /// <summary>A finite number, also as text; null when it is none.</summary>
    public static double? Number(JsonElement value)
    {
        var text = Scalar(value);
        return value.ValueKind is JsonValueKind.Number or JsonValueKind.String && TryParse(text!, out var number) ? number : null;
    }

    /// <summary>The text of a text, a number or a boolean; null for anything else.</summary>
    public static string? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    /// <summary>A number in the form of a field of floating-point numbers.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number in the form of a field of whole numbers.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
