using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Query.Audit;

/// <summary>Makes of an expression a test that one entry after another can be put to.</summary>
internal static class AuditMatch
{
    /// <summary>The test.</summary>
    /// <exception cref="ArgumentException">The audit has no such expression; <see cref="AuditQueryReader"/> reads none.</exception>
    public static Predicate<AuditEntry> Of(SearchExpression expression) => expression switch
    {
        SearchExpression.Everything => static _ => true,
        SearchExpression.Nothing => static _ => false,
        SearchExpression.Exists exists => exists.Field.IsDate ? static _ => true : entry => entry.Text(exists.Field).Length > 0,
        SearchExpression.OneOf { Field.IsDate: true } times => TimeOf(times),
        SearchExpression.OneOf texts => TextOf(texts),
        SearchExpression.Prefix prefix => entry => Asked(entry, prefix.Field).StartsWith(prefix.Value, Comparison(prefix.IgnoresCase)),
        SearchExpression.Range { Field.IsDate: true } range => Within(range),
        SearchExpression.Range range => TextWithin(range),
        SearchExpression.Group group => Together(group),
        _ => throw new ArgumentException($"The audit does not know {expression.GetType().Name}.", nameof(expression)),
    };

    /// <summary>The times that a range leaves, both included; the first one is greater when it leaves none.</summary>
    public static (long From, long To) Times(SearchExpression.Range range)
    {
        var from = range.From is { } low ? Number(low.Value) : long.MinValue;
        var to = range.To is { } high ? Number(high.Value) : long.MaxValue;
        return (
            range.From is { IsInclusive: false } ? from == long.MaxValue ? from : from + 1 : from,
            range.To is { IsInclusive: false } ? to == long.MinValue ? to : to - 1 : to);
    }

    private static Predicate<AuditEntry> TimeOf(SearchExpression.OneOf times)
    {
        var values = times.Values.Select(Number).ToFrozenSet();
        return entry => values.Contains(entry.Time);
    }

    private static Predicate<AuditEntry> TextOf(SearchExpression.OneOf texts)
    {
        var values = texts.Values.ToFrozenSet(texts.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        return entry => values.Contains(Asked(entry, texts.Field));
    }

    private static Predicate<AuditEntry> Within(SearchExpression.Range range)
    {
        var (from, to) = Times(range);
        return entry => entry.Time >= from && entry.Time <= to;
    }

    private static Predicate<AuditEntry> TextWithin(SearchExpression.Range range) => entry =>
    {
        var text = entry.Text(range.Field);
        return (range.From is not { } from || Beyond(string.CompareOrdinal(text, from.Value), from.IsInclusive))
            && (range.To is not { } to || Beyond(string.CompareOrdinal(to.Value, text), to.IsInclusive));
    };

    private static bool Beyond(int order, bool isInclusive) => isInclusive ? order >= 0 : order > 0;

    private static Predicate<AuditEntry> Together(SearchExpression.Group group)
    {
        ImmutableArray<Predicate<AuditEntry>> all = [.. group.Must.Concat(group.Filter).Select(Of)];
        ImmutableArray<Predicate<AuditEntry>> some = [.. group.Should.Select(Of)];
        ImmutableArray<Predicate<AuditEntry>> none = [.. group.MustNot.Select(Of)];
        return entry => all.All(test => test(entry))
            && (group.AtLeast == 0 || some.Count(test => test(entry)) >= group.AtLeast)
            && !none.Any(test => test(entry));
    }

    private static string Asked(AuditEntry entry, SearchField field) => field == AuditFields.EntityQualifiedName ? entry.HeldName : entry.Text(field);

    private static StringComparison Comparison(bool ignoresCase) => ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static long Number(string value) => long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
