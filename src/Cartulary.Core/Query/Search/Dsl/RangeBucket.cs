using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>A bucket of a range aggregation: from a value on, and before another.</summary>
/// <param name="Key">Its name.</param>
/// <param name="From">Its first value; null for none.</param>
/// <param name="To">The value before which it ends; null for none.</param>
/// <param name="Expression">What is in it.</param>
internal sealed record RangeBucket(string Key, double? From, double? To, SearchExpression Expression)
{
    /// <summary>Reads one; null with problems when it cannot be understood.</summary>
    public static RangeBucket? Read(DslScope scope, SearchField? field, JsonElement json, string path, bool isDate)
    {
        if (DslObject.Open(scope, json, path, "a range") is not { } options)
        {
            return null;
        }

        var before = scope.Problems.Count;
        var from = Bound(scope, options, "from", isDate);
        var to = Bound(scope, options, "to", isDate);
        var key = options.Text("key") ?? $"{Shown(from, isDate)}-{Shown(to, isDate)}";
        options.End();
        if (scope.Problems.Count > before)
        {
            return null;
        }

        var ends = new RangeEnds(End(from, true, options.At("from")), End(to, false, options.At("to")), path);
        var expression = field is null ? new SearchExpression.Nothing() : FieldValue.Range(scope, field, ends, TimeSpan.Zero);
        return expression is null ? null : new RangeBucket(key, from, to, from is null && to is null && field is not null ? new SearchExpression.Exists(field) : expression);
    }

    private static RangeEnd? End(double? value, bool isInclusive, string path) =>
        value is { } number ? new RangeEnd(number == Math.Floor(number) && Math.Abs(number) < long.MaxValue ? DslValue.Text((long)number) : DslValue.Text(number), isInclusive, path) : null;

    private static double? Bound(DslScope scope, DslObject options, string name, bool isDate)
    {
        if (!options.TryTake(name, out var value))
        {
            return null;
        }

        if (isDate && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && FieldValue.Moment(scope, DslValue.Scalar(value)!, TimeSpan.Zero, last: false) is { } moment)
        {
            return moment;
        }

        if (!isDate && DslValue.Number(value) is { } number)
        {
            return number;
        }

        scope.Refuse(options.At(name), $"{name} must be {(isDate ? "a time" : "a number")}");
        return null;
    }

    private static string Shown(double? bound, bool isDate) => bound is not { } number ? "*"
        : isDate ? DateText.Show((long)number)
        : number == Math.Floor(number) && Math.Abs(number) < 1e15 ? $"{DslValue.Text((long)number)}.0"
        : DslValue.Text(number);
}
