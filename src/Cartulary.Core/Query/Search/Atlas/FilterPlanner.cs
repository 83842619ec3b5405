using System.Collections.Immutable;
using System.Text;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search.Dsl;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>Makes expressions of conditions.</summary>
/// <param name="scope">Takes the problems.</param>
/// <param name="registry">The types.</param>
/// <param name="tag">The tag whose attributes conditions name; null where they name those of assets.</param>
internal sealed class FilterPlanner(DslScope scope, TypeRegistry registry, ClassificationType? tag = null)
{
    private static readonly string[] Tagged = ["*", "_CLASSIFIED", "_ALL_CLASSIFICATION_TYPES"];

    /// <summary>The expression of a condition.</summary>
    public SearchExpression Of(AssetFilter filter) => filter switch
    {
        AssetFilter.Join { IsAnd: true } join => new SearchExpression.Group([], [.. join.Parts.Select(Of)], [], [], 0),
        AssetFilter.Join join => new SearchExpression.Group([], [], [.. join.Parts.Select(Of)], [], 1),
        AssetFilter.Not not => Not(Of(not.Inner)),
        AssetFilter.Tagged tagged => WithTag(tagged.Name, includesSubtypes: true, tagged.Path),
        AssetFilter.Criterion criterion => Of(criterion),
        _ => new SearchExpression.Nothing(),
    };

    /// <summary>Assets that carry a tag: by its name, its display name, or a form of names.</summary>
    public SearchExpression WithTag(string name, bool includesSubtypes, string path)
    {
        if (Tagged.Contains(name))
        {
            return InTagFields(field => new SearchExpression.Exists(field));
        }

        if (name == "_NOT_CLASSIFIED")
        {
            return Not(InTagFields(field => new SearchExpression.Exists(field)));
        }

        if (name.Contains('*', StringComparison.Ordinal))
        {
            return InTagFields(field => new SearchExpression.Wildcard(field, name, false));
        }

        var family = Family(name, includesSubtypes, path);
        return family.IsEmpty ? new SearchExpression.Nothing() : InTagFields(field => new SearchExpression.OneOf(field, [.. family.Select(one => one.Name)], false));
    }

    /// <summary>Assets that carry a tag of whose attributes a condition holds.</summary>
    public SearchExpression WithTag(string name, bool includesSubtypes, string path, AssetFilter filter)
    {
        if (Tagged.Contains(name) || name == "_NOT_CLASSIFIED" || name.Contains('*', StringComparison.Ordinal))
        {
            scope.Refuse("tagFilters", $"tagFilters are conditions on one tag, and {name} is none");
            return new SearchExpression.Nothing();
        }

        ImmutableArray<SearchExpression> parts =
        [
            .. Family(name, includesSubtypes, path).Select(one => new SearchExpression.Group(
                [], [InTagFields(field => new SearchExpression.OneOf(field, [one.Name], false)), new FilterPlanner(scope, registry, one).Of(filter)], [], [], 0)),
        ];
        return parts.IsEmpty ? new SearchExpression.Nothing() : new SearchExpression.Group([], [], parts, [], 1);
    }

    /// <summary>The field that holds whole values of a name, by which they can be compared and ordered; null when nothing has values there, or with a problem.</summary>
    public SearchField? Whole(string name, string path) =>
        tag is not null ? OfTag(tag, name, path) : scope.Field(name, path) is { Kind: SearchFieldKind.Text } field ? scope.Field($"{name}.keyword", path) ?? field : scope.Field(name, path);

    private SearchField? OfTag(ClassificationType of, string name, string path)
    {
        var field = of.Attribute(name) is { } attribute ? SearchFields.Of(registry).OfTag(of.Id, attribute.Id) : null;
        if (field is null)
        {
            scope.Refuse(path, $"the tag {of.DisplayName} has no attribute {name} that can be searched");
        }

        return field;
    }

    /// <summary>A tag with those that inherit from it; none with a problem.</summary>
    private ImmutableArray<ClassificationType> Family(string name, bool includesSubtypes, string path)
    {
        if ((registry.FindClassification(name) ?? registry.FindClassificationDisplayed(name)) is { } found)
        {
            return includesSubtypes ? [found, .. found.SubTypeIds.Select(registry.Classification)] : [found];
        }

        scope.Problems.Add(new Problem(ErrorCodes.TagNotFound, path, $"Given classification {name} was invalid"));
        return [];
    }

    private static SearchExpression.Group Not(SearchExpression inner) => new([], [], [], [inner], 0);

    private static SearchExpression InTagFields(Func<SearchField, SearchExpression> make) =>
        new SearchExpression.Group([], [], [make(SystemFields.Tags), make(SystemFields.PropagatedTags)], [], 1);

    private SearchExpression Of(AssetFilter.Criterion criterion)
    {
        var before = scope.Problems.Count;
        var field = Whole(criterion.Name, criterion.Path);
        if (field is null)
        {
            // What nobody has is null for all.
            var isAbsence = criterion.Operator is FilterOperator.IsNull or FilterOperator.NotEqual or FilterOperator.NotContains;
            return isAbsence && scope.Problems.Count == before ? new SearchExpression.Everything() : new SearchExpression.Nothing();
        }

        return Of(field, criterion) ?? new SearchExpression.Nothing();
    }

    private SearchExpression? Of(SearchField field, AssetFilter.Criterion criterion)
    {
        var value = criterion.Values.IsEmpty ? "" : criterion.Values[0];
        return criterion.Operator switch
        {
            FilterOperator.Equal => Equal(field, value, criterion.Path),
            FilterOperator.NotEqual => Equal(field, value, criterion.Path) is { } equal ? Not(equal) : null,
            FilterOperator.Less => Range(field, null, value, false, criterion.Path),
            FilterOperator.LessOrEqual => Range(field, null, value, true, criterion.Path),
            FilterOperator.Greater => Range(field, value, null, false, criterion.Path),
            FilterOperator.GreaterOrEqual => Range(field, value, null, true, criterion.Path),
            FilterOperator.In => ValueQueries.Any(scope, field, criterion.Values, criterion.Path),
            FilterOperator.ContainsAll => All(field, criterion),
            FilterOperator.Like => Pattern(field, value, criterion.Path),
            FilterOperator.StartsWith => Pattern(field, $"{Literal(value)}*", criterion.Path),
            FilterOperator.EndsWith => Pattern(field, $"*{Literal(value)}", criterion.Path),
            FilterOperator.Contains => Pattern(field, $"*{Literal(value)}*", criterion.Path),
            FilterOperator.NotContains => Pattern(field, $"*{Literal(value)}*", criterion.Path) is { } holds ? Not(holds) : null,
            FilterOperator.IsNull => Not(new SearchExpression.Exists(field)),
            FilterOperator.NotNull => new SearchExpression.Exists(field),
            _ => Within(field, value, criterion.Path),
        };
    }

    private SearchExpression? Equal(SearchField field, string value, string path) => FieldValue.Equal(scope, field, value, path, ignoresCase: false);

    private SearchExpression? Range(SearchField field, string? from, string? to, bool isInclusive, string path)
    {
        var ends = new RangeEnds(
            from is null ? null : new RangeEnd(from, isInclusive, path), to is null ? null : new RangeEnd(to, isInclusive, path), path);
        return FieldValue.Range(scope, field, ends, TimeSpan.Zero);
    }

    private SearchExpression.Group? All(SearchField field, AssetFilter.Criterion criterion)
    {
        var parts = criterion.Values.Select(value => Equal(field, value, criterion.Path)).ToList();
        return parts.Contains(null) ? null : new SearchExpression.Group([], [.. parts!], [], [], 0);
    }

    private SearchExpression.Wildcard? Pattern(SearchField field, string pattern, string path)
    {
        if (pattern.Length > PatternQueries.Longest)
        {
            scope.Refuse(path, $"a pattern has at most {PatternQueries.Longest} characters");
            return null;
        }

        return PatternQueries.Fits(scope, field, path, "the operator") ? new SearchExpression.Wildcard(field, FieldValue.Fold(field, pattern), false) : null;
    }

    private SearchExpression.Range? Within(SearchField field, string value, string path)
    {
        if (!field.IsDate || TimeSpans.Find(value, scope.Now) is not { } span)
        {
            scope.Refuse(path, field.IsDate ? $"{value} is no span of time" : $"{field.Name} has no times");
            return null;
        }

        return new SearchExpression.Range(field, new SearchBound(DslValue.Text(span.From), true), new SearchBound(DslValue.Text(span.To), false));
    }

    private static string Literal(string text)
    {
        var literal = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '*' or '?' or '\\')
            {
                literal.Append('\\');
            }

            literal.Append(character);
        }

        return literal.ToString();
    }
}
