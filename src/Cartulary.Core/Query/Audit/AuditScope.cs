using System.Collections.Immutable;
using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Query.Audit;

/// <summary>What an expression says that every entry it matches has in common, so that not the whole log need be read.</summary>
internal sealed class AuditScope
{
    private AuditScope()
    {
    }

    /// <summary>The guids of which every entry has one; default when any asset may.</summary>
    public ImmutableArray<string> Guids { get; private set; }

    /// <summary>The qualified names of which every entry has one; default when any may.</summary>
    public ImmutableArray<string> Names { get; private set; }

    /// <summary>The earliest time, epoch milliseconds.</summary>
    public long From { get; private set; } = long.MinValue;

    /// <summary>The latest time, epoch milliseconds.</summary>
    public long To { get; private set; } = long.MaxValue;

    /// <summary>Whether the expression names what an asset is called.</summary>
    public bool AsksForNames { get; private set; }

    /// <summary>The scope of an expression.</summary>
    public static AuditScope Of(SearchExpression expression)
    {
        var scope = new AuditScope();
        scope.Narrow(expression);
        scope.AsksForNames = Mentions(expression, AuditFields.EntityQualifiedName);
        return scope;
    }

    private void Narrow(SearchExpression expression)
    {
        switch (expression)
        {
            case SearchExpression.OneOf { IgnoresCase: false } one when one.Field == AuditFields.EntityId && Guids.IsDefault:
                Guids = one.Values;
                break;
            case SearchExpression.OneOf { IgnoresCase: false } one when one.Field == AuditFields.EntityQualifiedName && Names.IsDefault:
                Names = one.Values;
                break;
            case SearchExpression.Range { Field.IsDate: true } range:
                var (from, to) = AuditMatch.Times(range);
                (From, To) = (Math.Max(From, from), Math.Min(To, to));
                break;
            case SearchExpression.Group group:
                foreach (var part in group.Must.Concat(group.Filter).Concat(group is { Should.Length: 1, AtLeast: 1 } ? group.Should : []))
                {
                    Narrow(part);
                }

                break;
        }
    }

    private static bool Mentions(SearchExpression expression, SearchField field) => expression switch
    {
        SearchExpression.OneOf one => one.Field == field,
        SearchExpression.Prefix prefix => prefix.Field == field,
        SearchExpression.Range range => range.Field == field,
        SearchExpression.Exists exists => exists.Field == field,
        SearchExpression.Group group => group.Must.Concat(group.Filter).Concat(group.Should).Concat(group.MustNot).Any(part => Mentions(part, field)),
        _ => false,
    };
}
