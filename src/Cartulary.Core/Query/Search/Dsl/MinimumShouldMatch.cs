using System.Globalization;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>How many of some alternatives must match, in the forms of the Elasticsearch reference, "minimum_should_match".</summary>
internal static class MinimumShouldMatch
{
    /// <summary>The number for so many alternatives, never negative; null when the value says none of the forms.</summary>
    public static int? Of(JsonElement value, int count) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? Of(DslValue.Scalar(value)!.Trim(), count) : null;

    private static int? Of(string spec, int count)
    {
        if (!spec.Contains('<', StringComparison.Ordinal))
        {
            return Simple(spec, count);
        }

        int? result = count;
        foreach (var rule in spec.Replace(" <", "<", StringComparison.Ordinal).Replace("< ", "<", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = rule.Split('<');
            if (parts.Length != 2 || !TryWhole(parts[0], out var bound) || Simple(parts[1], count) is not { } beyond)
            {
                return null;
            }

            if (count <= bound)
            {
                return result;
            }

            result = beyond;
        }

        return result;
    }

    private static int? Simple(string spec, int count)
    {
        if (spec.EndsWith('%'))
        {
            if (!TryWhole(spec[..^1], out var percent) || percent is < -100 or > 100)
            {
                return null;
            }

            var part = (int)((long)count * percent / 100);
            return percent < 0 ? count + part : part;
        }

        return TryWhole(spec, out var number) ? Math.Max(number < 0 ? count + number : number, 0) : null;
    }

    private static bool TryWhole(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number is > -1_000_000 and < 1_000_000;
}
