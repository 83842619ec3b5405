using System.Globalization;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Brings the values of queries into the form that a field compares.</summary>
internal static class FieldValue
{
    /// <summary>The text as the field keeps texts.</summary>
    public static string Fold(SearchField field, string text) =>
        field.Kind == SearchFieldKind.FoldedKeyword ? SearchWords.Fold(text) : text;

    /// <summary>Whether the field's values are texts.</summary>
    public static bool IsText(SearchField field) =>
        field.Kind is SearchFieldKind.Keyword or SearchFieldKind.FoldedKeyword or SearchFieldKind.Text;

    /// <summary>Whether a text is a value of the field's kind.</summary>
    public static bool IsValue(DslScope scope, SearchField field, string text) => field.Kind switch
    {
        SearchFieldKind.Integer when field.IsDate => Moment(scope, text, TimeSpan.Zero, last: false) is not null,
        SearchFieldKind.Integer or SearchFieldKind.Decimal => DslValue.TryParse(text, out _),
        SearchFieldKind.Boolean => text is "true" or "false",
        _ => true,
    };

    /// <summary>
    /// Matches a value of the field. A time that names a whole day, month and so on means all of it. A number that the field
    /// cannot hold matches nothing; what is no value of that kind at all is null with a problem.
    /// </summary>
    public static SearchExpression? Equal(DslScope scope, SearchField field, string text, string path, bool ignoresCase)
    {
        switch (field.Kind)
        {
            case SearchFieldKind.Integer when field.IsDate:
                return Moment(scope, text, TimeSpan.Zero, last: false) is { } first && Moment(scope, text, TimeSpan.Zero, last: true) is { } end
                    ? Between(field, first, end)
                    : Unfit(scope, field, text, path);
            case SearchFieldKind.Integer:
                return DslValue.TryParse(text, out var number)
                    ? Whole(text, number) is { } whole ? One(field, DslValue.Text(whole), false) : new SearchExpression.Nothing()
                    : Unfit(scope, field, text, path);
            case SearchFieldKind.Decimal:
                return DslValue.TryParse(text, out var value) ? One(field, DslValue.Text(value), false) : Unfit(scope, field, text, path);
            case SearchFieldKind.Boolean:
                return text is "true" or "false" ? One(field, text, false) : Unfit(scope, field, text, path);
            default:
                return One(field, Fold(field, text), ignoresCase && field.Kind != SearchFieldKind.FoldedKeyword);
        }
    }

    /// <summary>A range of the field; null with problems when a bound does not fit it.</summary>
    public static SearchExpression? Range(DslScope scope, SearchField field, RangeEnds ends, TimeSpan offset)
    {
        if (field.Kind is SearchFieldKind.Boolean or SearchFieldKind.Text)
        {
            scope.Refuse(ends.Path, $"{field.Name} has no ranges: its values are {(field.Kind == SearchFieldKind.Text ? "words" : "true and false")}");
            return null;
        }

        var from = ends.From is { } low ? Bound(scope, field, low, offset, isUpper: false) : null;
        var to = ends.To is { } high ? Bound(scope, field, high, offset, isUpper: true) : null;
        return from?.IsWrong == true || to?.IsWrong == true ? null
            : from?.IsBeyond == true || to?.IsBeyond == true ? new SearchExpression.Nothing()
            : new SearchExpression.Range(field, from?.Bound, to?.Bound);
    }

    /// <summary>A time, epoch milliseconds; null when the text is none.</summary>
    public static long? Moment(DslScope scope, string text, TimeSpan offset, bool last) =>
        DateText.TryParse(text, scope.Now, offset, last, out var milliseconds) ? milliseconds : null;

    private static BoundReading Bound(DslScope scope, SearchField field, RangeEnd end, TimeSpan offset, bool isUpper)
    {
        var text = end.Text;
        if (field.IsDate)
        {
            // From after a day is from its last millisecond on; up to a day is up to its last millisecond.
            return Moment(scope, text, offset, last: isUpper == end.IsInclusive) is { } moment
                ? new BoundReading(new SearchBound(DslValue.Text(moment), end.IsInclusive))
                : Wrong(scope, field, text, end.Path);
        }

        if (field.Kind is SearchFieldKind.Keyword or SearchFieldKind.FoldedKeyword)
        {
            return new BoundReading(new SearchBound(Fold(field, text), end.IsInclusive));
        }

        if (!DslValue.TryParse(text, out var number))
        {
            return Wrong(scope, field, text, end.Path);
        }

        return field.Kind == SearchFieldKind.Decimal
            ? new BoundReading(new SearchBound(DslValue.Text(number), end.IsInclusive))
            : Whole(text, number) is { } whole ? new BoundReading(new SearchBound(DslValue.Text(whole), end.IsInclusive))
            : number >= long.MaxValue ? (isUpper ? BoundReading.Open : BoundReading.Beyond)
            : number <= long.MinValue ? (isUpper ? BoundReading.Beyond : BoundReading.Open)
            : new BoundReading(new SearchBound(DslValue.Text((long)(isUpper ? Math.Floor(number) : Math.Ceiling(number))), IsInclusive: true));
    }

    private static long? Whole(string text, double number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exact) ? exact
        : number == Math.Floor(number) && number is > long.MinValue and < long.MaxValue ? (long)number
        : null;

    private static SearchExpression One(SearchField field, string text, bool ignoresCase) => new SearchExpression.OneOf(field, [text], ignoresCase);

    private static SearchExpression Between(SearchField field, long first, long last) => first == last
        ? One(field, DslValue.Text(first), false)
        : new SearchExpression.Range(field, new SearchBound(DslValue.Text(first), true), new SearchBound(DslValue.Text(last), true));

    private static SearchExpression? Unfit(DslScope scope, SearchField field, string text, string path)
    {
        Wrong(scope, field, text, path);
        return null;
    }

    private static BoundReading Wrong(DslScope scope, SearchField field, string text, string path)
    {
        var kind = field.IsDate ? "a time" : field.Kind == SearchFieldKind.Boolean ? "true or false" : "a number";
        scope.Refuse(path, $"{field.Name} needs {kind}, not {(text.Length > 100 ? "that" : text)}");
        return BoundReading.Wrong;
    }

    /// <summary>A bound, or why there is none: it is no value of the field, no value lies beyond it, or all do.</summary>
    private sealed record BoundReading(SearchBound? Bound, bool IsWrong = false, bool IsBeyond = false)
    {
        public static readonly BoundReading Wrong = new(null, IsWrong: true);
        public static readonly BoundReading Beyond = new(null, IsBeyond: true);
        public static readonly BoundReading Open = new((SearchBound?)null);
    }
}
