using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Server.Answers.Search;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Search;

/// <summary>What the body of a search says beside the query itself.</summary>
/// <param name="Dsl">The query.</param>
/// <param name="Shown">What is told of each asset.</param>
/// <param name="ShowsScores">Whether the scores are told.</param>
internal sealed record IndexSearchRequest(JsonElement Dsl, Shown Shown, bool ShowsScores)
{
    /// <summary>What would narrow the search by rules that this catalog does not keep; passing over it would show more than was asked for.</summary>
    private static readonly string[] Narrowing = ["persona", "purpose"];

    /// <summary>
    /// Reads a body; null with all that is wrong. Members that are not known are passed over, as clients send some that are about the
    /// server's own work.
    /// </summary>
    public static IndexSearchRequest? Read(ReadOnlyMemory<byte> body, SearchLimits limits, ProblemList problems)
    {
        if (JsonObjectBody.Parse(body, problems, DepthFor(limits)) is not { } json)
        {
            return null;
        }

        if (!json.TryGetProperty("dsl", out var dsl) || dsl.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new Problem(ErrorCodes.UnsupportedQuery, "dsl", "a search needs dsl, an object"));
        }

        foreach (var name in Narrowing.Where(name => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null))
        {
            problems.Add(new Problem(ErrorCodes.UnsupportedQuery, name, $"this catalog has no rules that narrow a search for a {name}"));
        }

        var wish = new PageWish(Names(json, "attributes", limits, problems), Names(json, "relationAttributes", limits, problems))
        {
            WithMeanings = !Flag(json, "excludeMeanings", problems),
            WithSuspendedEdges = Flag(json, "allowDeletedRelations", problems),
        };
        var withoutTags = Flag(json, "excludeClassifications", problems);
        var shown = new Shown(
            wish,
            Classifications: !withoutTags,
            ClassificationNames: Flag(json, "includeClassificationNames", problems) || !withoutTags,
            EdgeAttributes: Flag(json, "includeRelationshipAttributes", problems) || Flag(json, "requestRelationshipAttrsForSearch", problems));
        return new IndexSearchRequest(dsl, shown, Flag(json, "showSearchScore", problems));
    }

    /// <summary>A query within a query is up to four levels of JSON deeper.</summary>
    private static int DepthFor(SearchLimits limits) => (limits.Depth * 4) + 16;

    private static ImmutableArray<string> Names(JsonElement json, string name, SearchLimits limits, ProblemList problems)
    {
        if (!json.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > limits.Clauses || list.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
        {
            problems.Add(new Problem(ErrorCodes.UnsupportedQuery, name, $"{name} must be a list of at most {limits.Clauses} names"));
            return [];
        }

        return [.. list.EnumerateArray().Select(one => one.GetString()!).Distinct(StringComparer.Ordinal)];
    }

    private static bool Flag(JsonElement json, string name, ProblemList problems)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False)
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.True)
        {
            problems.Add(new Problem(ErrorCodes.UnsupportedQuery, name, $"{name} must be true or false"));
        }

        return true;
    }
}
