using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Queries for exact values: term, terms, exists, ids.</summary>
internal static class ValueQueries
{
    private const string GuidField = "__guid";

    /// <summary>Reads a term query.</summary>
    public static SearchExpression? Term(DslScope scope, JsonElement json, string path)
    {
        if (FieldQuery.Read(scope, json, path, "term", "value", "term") is not { } query)
        {
            return null;
        }

        var ignoresCase = query.Options?.Flag("case_insensitive", @default: false) ?? false;
        var boost = query.Boost();
        query.Options?.End();
        return query.Text(scope) is not { } text ? null
            : query.Field is { } field ? QueryReader.Boosted(FieldValue.Equal(scope, field, text, query.ValuePath, ignoresCase), boost)
            : new SearchExpression.Nothing();
    }

    /// <summary>Reads a terms query; each of its values counts the same for the score.</summary>
    public static SearchExpression? Terms(DslScope scope, JsonElement json, string path)
    {
        if (DslObject.Open(scope, json, path, "terms") is not { } options)
        {
            return null;
        }

        options.Pass("_name");
        var boost = options.Factor("boost", 1);
        if (options.TakeField() is not { } member)
        {
            return null;
        }

        options.End();
        var at = options.At(member.Name);
        var field = scope.Field(member.Name, at);
        var texts = Texts(scope, member.Value, at);
        return texts is null ? null
            : field is null ? new SearchExpression.Nothing()
            : Any(scope, field, texts, at) is { } any ? new SearchExpression.Weighted(any, boost, IsConstant: true)
            : null;
    }

    /// <summary>Reads an exists query.</summary>
    public static SearchExpression? Exists(DslScope scope, JsonElement json, string path)
    {
        if (DslObject.Open(scope, json, path, "exists") is not { } options)
        {
            return null;
        }

        options.Pass("_name");
        var boost = options.Factor("boost", 1);
        var name = options.TryNeed("field", out _) ? options.Text("field") : null;
        options.End();
        return name is null ? null
            : scope.Field(name, options.At("field")) is { } field ? QueryReader.Boosted(new SearchExpression.Exists(field), boost)
            : new SearchExpression.Nothing();
    }

    /// <summary>Reads an ids query: the ids are guids.</summary>
    public static SearchExpression? Ids(DslScope scope, JsonElement json, string path)
    {
        if (DslObject.Open(scope, json, path, "ids") is not { } options)
        {
            return null;
        }

        options.Pass("_name", "type");
        var boost = options.Factor("boost", 1);
        var texts = options.TryNeed("values", out var values) ? Texts(scope, values, options.At("values")) : null;
        options.End();
        return texts is null ? null
            : scope.Field(GuidField, path) is { } field ? new SearchExpression.Weighted(new SearchExpression.OneOf(field, [.. texts], false), boost, IsConstant: true)
            : new SearchExpression.Nothing();
    }

    /// <summary>Any of several values; null with problems when one does not fit the field.</summary>
    public static SearchExpression? Any(DslScope scope, SearchField field, IReadOnlyList<string> texts, string path)
    {
        var exact = ImmutableArray.CreateBuilder<string>();
        var others = ImmutableArray.CreateBuilder<SearchExpression>();
        for (var index = 0; index < texts.Count; index++)
        {
            switch (FieldValue.Equal(scope, field, texts[index], $"{path}[{index}]", ignoresCase: false))
            {
                case null:
                    return null;
                case SearchExpression.OneOf one:
                    exact.AddRange(one.Values);
                    break;
                case SearchExpression.Range range:
                    others.Add(range);
                    break;
            }
        }

        SearchExpression all = exact.Count == 0 ? new SearchExpression.Nothing() : new SearchExpression.OneOf(field, exact.ToImmutable(), false);
        return others.Count == 0 ? all : new SearchExpression.Group([], [], [all, .. others], [], 1);
    }

    private static List<string>? Texts(DslScope scope, JsonElement values, string path)
    {
        if (values.ValueKind != JsonValueKind.Array)
        {
            scope.Refuse(path, "the values must be a list");
            return null;
        }

        if (values.GetArrayLength() > scope.Limits.Values)
        {
            scope.Refuse(path, $"a query takes at most {scope.Limits.Values} values, not {values.GetArrayLength()}");
            return null;
        }

        var texts = new List<string>(values.GetArrayLength());
        var before = scope.Problems.Count;
        var index = 0;
        foreach (var value in values.EnumerateArray())
        {
            if (DslValue.Scalar(value) is { } text)
            {
                texts.Add(text);
            }
            else
            {
                scope.Refuse($"{path}[{index}]", "a value must be a text, a number, true or false");
            }

            index++;
        }

        return scope.Problems.Count == before ? texts : null;
    }
}
