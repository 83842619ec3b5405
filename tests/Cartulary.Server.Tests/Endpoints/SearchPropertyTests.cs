using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;
using Cartulary.Core.Types;
using Cartulary.Server.Tests.Hosting;
using Cartulary.Testing;
using Cartulary.Testing.Search;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>Random searches over random assets on a real server, compared with looking at each asset.</summary>
public sealed class SearchPropertyTests : IAsyncLifetime
{
    private const int Searches = 400;
    private const string Index = "/api/meta/search/indexsearch";

    private static readonly TypeRegistry Registry = TypeRegistryBuilder.Build(
        1, TypeInstaller.Plan([], BuiltInModel.Load(), "system", 0, Guid.NewGuid), CatalogSettings.Default);

    private static readonly SearchFields Fields = SearchFields.Of(Registry);

    private Host _host = null!;

    public async ValueTask InitializeAsync() => _host = await Host.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_search_finds_what_it_says()
    {
        var documents = await HaveAsync(RandomDocuments.Draw(DiceOf(1), Fields, most: 60));
        var reference = new ReferenceIndex(documents);
        for (var seed = 1; seed <= Searches; seed++)
        {
            var dice = DiceOf(seed);
            var query = RandomQuery.Draw(dice, Fields);
            var json = Search(dice, query);

            var reply = await SendAsync(json);
            reply.Status.ShouldBe(200, $"{json}: {reply.Body}");
            var answer = reply.Body;

            var expected = reference.Search(Read(json));
            var why = $"seed {seed}: {json}";
            answer.GetProperty("approximateCount").GetInt64().ShouldBe(documents.Count(query.Holds), why);
            Guids(answer).ShouldBe(expected.Hits.Select(hit => hit.Guid), why);
            Buckets(answer).ShouldBe(((SearchAggregate.Buckets)expected.Aggregations[0]).List.Select(bucket => $"{bucket.Key} {bucket.Count} {((SearchAggregate.Number)bucket.Inner[0]).Value}"), why);
        }
    }

    [Fact]
    public async Task Whatever_is_broken_in_a_search_it_is_the_client_that_is_told()
    {
        for (var seed = 1; seed <= Searches; seed++)
        {
            var dice = DiceOf(seed);
            var json = Search(dice, RandomQuery.Draw(dice, Fields));
            var cut = dice.Below(json.Length);
            var broken = dice.Below(3) switch
            {
                0 => json[..cut],
                1 => json.Replace(dice.Pick(["\"query\"", "\"term\"", "\"field\"", "\"bool\"", "\"name\"", "\"sort\""]), dice.Pick(["\"aggs\"", "\"nested\"", "\"_source\"", "\"x\""]), StringComparison.Ordinal),
                _ => json.Replace(dice.Pick(["1", "2", "\"asc\"", "[", "true"]), dice.Pick(["-1", "null", "\"*\"", "{}", "1e9"]), StringComparison.Ordinal),
            };

            (await SendAsync(broken)).Status.ShouldBeOneOf(200, 400);
        }
    }

    private static string Search(Dice dice, RandomQuery query)
    {
        var sort = dice.Pick(["{\"name.keyword\":\"asc\"}", "{\"rowCount\":\"desc\"}", "{\"sourceTotalCost\":{\"order\":\"asc\",\"missing\":\"_first\"}},\"qualifiedName\"", "{\"ownerUsers\":\"desc\"}", "{\"sourceUpdatedAt\":\"asc\"}", "\"isSharded\""]);
        var field = dice.Pick(["certificateStatus", "name.keyword", "ownerUsers", "__state"]);
        var chosen = dice.Pick(["", ",\"exclude\":[\"DRAFT\",\"orders\",\"ada\"]", ",\"include\":\"[a-zA-D].*\"", ",\"include\":[\"ACTIVE\",\"VERIFIED\",\"customers\",\"bob\"],\"exclude\":\"b.*\""]);
        return $$$$$$$"""{"from":{{{{{{{dice.Below(4)}}}}}}},"size":{{{{{{{dice.Between(1, 70)}}}}}}},"query":{{{{{{{query.Json}}}}}}},"sort":[{{{{{{{sort}}}}}}}],"aggs":{"a":{"terms":{"field":"{{{{{{{field}}}}}}}","size":{{{{{{{dice.Between(1, 9)}}}}}}}{{{{{{{chosen}}}}}}}},"aggs":{"m":{"max":{"field":"rowCount"}}}}}}""";
    }

    private static SearchRequest Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var problems = new ProblemList();
        return DslReader.Read(document.RootElement, "dsl", DslFields.Of(Registry), new SearchLimits(), RandomDocuments.FirstMoment, showsScores: false, problems).ShouldNotBeNull(json).Request;
    }

    private static Dice DiceOf(int seed)
    {
        var random = new Random(seed);
        return new Dice([.. Enumerable.Range(0, 2_000).Select(_ => (uint)random.NextInt64(uint.MaxValue))]);
    }

    private Task<Answer> SendAsync(string dsl) => _host.SendAsync(HttpMethod.Post, Index, $$"""{"dsl":{{dsl}}}""");

    private static IEnumerable<Guid> Guids(JsonElement answer) =>
        answer.TryGetProperty("entities", out var entities) ? entities.EnumerateArray().Select(entity => entity.GetProperty("guid").GetGuid()) : [];

    private static IEnumerable<string> Buckets(JsonElement answer) => answer.GetProperty("aggregations").GetProperty("a").GetProperty("buckets").EnumerateArray()
        .Select(bucket => $"{bucket.GetProperty("key").GetString()} {bucket.GetProperty("doc_count").GetInt64()} {bucket.GetProperty("m").GetProperty("value")}");

    /// <summary>Saves tables with the values of documents; gives the documents with the guids that these got.</summary>
    private async Task<ImmutableArray<SearchDocument>> HaveAsync(ImmutableArray<SearchDocument> documents)
    {
        var saved = await _host.SaveAsync([.. documents.Select((document, index) =>
            new JsonObject { ["typeName"] = "Table", ["guid"] = $"-{index + 1}", ["attributes"] = Attributes(document) }.ToJsonString())]);
        saved.Status.ShouldBe(200, saved.Body.ToString());
        ImmutableArray<SearchDocument> known = [.. documents.Select((document, index) => Renamed(document, saved.Body.GetProperty("guidAssignments").GetProperty($"-{index + 1}").GetGuid()))];
        var archived = known.Where(document => document.Values(Fields.Find("__state")!)[0] == "DELETED").Select(document => $"guid={document.Guid}");
        (await _host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/bulk?{string.Join('&', archived)}")).Status.ShouldBe(200);
        return known;
    }

    private static SearchDocument Renamed(SearchDocument document, Guid guid) => document with
    {
        Guid = guid,
        Fields = [.. document.Fields.Select(values => values.Field.Name == "__guid" ? values with { Values = [guid.ToString()] } : values)],
    };

    private static JsonObject Attributes(SearchDocument document)
    {
        var attributes = new JsonObject();
        foreach (var (field, values) in document.Fields.Where(one => !one.Field.Name.StartsWith('_') && !one.Field.Name.Contains('.', StringComparison.Ordinal)))
        {
            attributes[field.Name] = field.Name == "ownerUsers"
                ? new JsonArray([.. values.Select(value => JsonValue.Create(value))])
                : field.Kind switch
                {
                    SearchFieldKind.Integer => JsonValue.Create(long.Parse(values[0], CultureInfo.InvariantCulture)),
                    SearchFieldKind.Decimal => JsonValue.Create(double.Parse(values[0], CultureInfo.InvariantCulture)),
                    SearchFieldKind.Boolean => JsonValue.Create(values[0] == "true"),
                    _ => JsonValue.Create(values[0]),
                };
        }

        return attributes;
    }
}
