using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Reads the values after which a page begins.</summary>
internal static class SearchAfterReader
{
    /// <summary>
    /// Reads as many as are given, which is one for each key and maybe one more, the guid. Keys of fields without values are left
    /// out: all assets are equal there.
    /// </summary>
    public static ImmutableArray<string?> Read(DslScope scope, JsonElement json, string path, ImmutableArray<SearchSort?> sort)
    {
        var values = ImmutableArray.CreateBuilder<string?>();
        var index = 0;
        foreach (var value in json.EnumerateArray())
        {
            var key = index < sort.Length ? sort[index] : null;
            if (index >= sort.Length || key is not null)
            {
                values.Add(index < sort.Length && key!.Field is null
                    ? Score(scope, value, $"{path}[{index}]")
                    : Value(scope, value, $"{path}[{index}]", key?.Field));
            }

            index++;
        }

        return values.ToImmutable();
    }

    private static string? Score(DslScope scope, JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var score) && float.IsFinite(score))
        {
            return DslValue.Text(score);
        }

        scope.Refuse(path, "the value must be a score");
        return null;
    }

    private static string? Value(DslScope scope, JsonElement value, string path, SearchField? field)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (DslValue.Scalar(value) is { } text && InForm(scope, field, text) is { } form)
        {
            return form;
        }

        scope.Refuse(path, "the value must be one that the key of the order has");
        return null;
    }

    private static string? InForm(DslScope scope, SearchField? field, string text) => field?.Kind switch
    {
        null => text,
        SearchFieldKind.Integer when field.IsDate => FieldValue.Moment(scope, text, TimeSpan.Zero, last: false) is { } moment ? DslValue.Text(moment) : null,
        SearchFieldKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? DslValue.Text(whole) : null,
        SearchFieldKind.Decimal => DslValue.TryParse(text, out var number) ? DslValue.Text(number) : null,
        SearchFieldKind.Boolean => text is "true" or "false" ? text : null,
        _ => FieldValue.Fold(field, text),
    };
}
