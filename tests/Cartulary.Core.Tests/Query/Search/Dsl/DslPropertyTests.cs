using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;
using Cartulary.Core.Types;
using Cartulary.Testing;
using Cartulary.Testing.Search;
using CsCheck;

namespace Cartulary.Core.Tests.Query.Search.Dsl;

public sealed class DslPropertyTests
{
    private static readonly TypeRegistry Registry = TypeRegistryBuilder.Build(
        1, TypeInstaller.Plan([], BuiltInModel.Load(), "system", 0, Guid.NewGuid), CatalogSettings.Default);

    private static readonly SearchFields Fields = SearchFields.Of(Registry);

    [Fact]
    public void A_query_finds_what_it_says() => Gen.UInt.Array[40, 400].Sample(
        rolls =>
        {
            var dice = new Dice(rolls);
            var documents = RandomDocuments.Draw(dice, Fields);
            var query = RandomQuery.Draw(dice, Fields);

            var search = Read($$"""{"size":100,"query":{{query.Json}},"sort":"__guid"}""");

            var result = new ReferenceIndex(documents).Search(search.Request);
            result.Hits.Select(hit => hit.Guid).ShouldBe(documents.Where(query.Holds).Select(document => document.Guid), query.Json);
            result.Total.ShouldBe(documents.Count(query.Holds));
        },
        iter: 4_000);

    [Fact]
    public void Pages_by_search_after_are_the_whole_list() => Gen.UInt.Array[40, 400].Sample(
        rolls =>
        {
            var dice = new Dice(rolls);
            var index = new ReferenceIndex(RandomDocuments.Draw(dice, Fields, most: 30));
            var sort = string.Join(',', dice.Some(["\"qualifiedName\"", "{\"rowCount\":\"desc\"}", "{\"name.keyword\":{\"order\":\"asc\",\"missing\":\"_first\"}}", "{\"sourceTotalCost\":{\"order\":\"desc\"}}", "{\"unheardOf\":{\"unmapped_type\":\"long\"}}"]).Append("\"certificateStatus\""));
            var whole = index.Search(Read($$"""{"size":100,"sort":[{{sort}}]}""").Request).Hits.Select(hit => hit.Guid).ToList();
            var walked = new List<Guid>();
            var after = "";

            while (true)
            {
                var search = Read($$"""{"size":{{dice.Between(1, 4)}},"sort":[{{sort}}]{{after}}}""");
                var hits = index.Search(search.Request).Hits;
                if (hits.IsEmpty)
                {
                    break;
                }

                walked.AddRange(hits.Select(hit => hit.Guid));
                var values = new Queue<string?>(hits[^1].SortValues);
                after = $",\"search_after\":{JsonSerializer.Serialize(search.Keys.Select(key => key is null ? null : values.Dequeue()))}";
            }

            walked.ShouldBe(whole);
        },
        iter: 500);

    /// <summary>Whatever is changed in a search, it is understood or refused with a place, and nothing else happens.</summary>
    [Fact]
    public void A_broken_search_is_understood_or_refused() => Gen.UInt.Array[40, 400].Sample(
        rolls =>
        {
            var dice = new Dice(rolls);
            var query = RandomQuery.Draw(dice, Fields).Json;
            var json = $$$$$$$"""{"size":10,"query":{{{{{{{query}}}}}}},"sort":[{"name.keyword":"asc"}],"aggs":{"a":{"terms":{"field":"certificateStatus"},"aggs":{"b":{"max":{"field":"rowCount"}}}}}}""";
            for (var changes = dice.Between(1, 3); changes > 0; changes--)
            {
                json = Broken(dice, json);
            }

            if (TryParse(json) is not { } search)
            {
                return;
            }

            var problems = new ProblemList();
            var read = DslReader.Read(search, "dsl", DslFields.Of(Registry), new SearchLimits(), RandomDocuments.FirstMoment, showsScores: false, problems);
            (read is null).ShouldBe(problems.Count > 0, json);
            problems.ToImmutable().ShouldAllBe(problem => problem.Code == ErrorCodes.UnsupportedQuery && problem.Path.StartsWith("dsl"));
        },
        iter: 5_000);

    private static string Broken(Dice dice, string json)
    {
        string[] pieces = ["[]", "{}", "null", "-1", "1e400", "\"x\"", "true", "\"now-1d/d\"", "{\"a\":1}", "[[]]", "\"\\ud83d\\ude00\"", "99999999999999999999"];
        var colons = Enumerable.Range(0, json.Length).Where(at => json[at] == ':' && json[at - 1] == '"').ToList();
        if (colons.Count == 0)
        {
            return json;
        }

        var colon = dice.Pick(colons);
        var value = TryPrefix(json[(colon + 1)..]);
        return dice.Below(3) switch
        {
            0 => string.Concat(json.AsSpan(0, colon + 1), dice.Pick(pieces), json.AsSpan(colon + 1 + value)),
            1 => json.Insert(colon - 1, dice.Pick(["x", "_", ".keyword", "*"])),
            _ => json.Replace(dice.Pick(["term", "bool", "must", "value", "query", "field", "gte", "name"]), dice.Pick(["terms", "nested", "filter", "boost", "fields", "lt", "script"]), StringComparison.Ordinal),
        };
    }

    /// <summary>The length of the JSON value that a text begins with.</summary>
    private static int TryPrefix(string text)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text), isFinalBlock: false, default);
        return reader.Read() && reader.TrySkip() ? (int)reader.BytesConsumed : 0;
    }

    private static JsonElement? TryParse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DslSearch Read(string json)
    {
        var problems = new ProblemList();
        using var document = JsonDocument.Parse(json);
        var search = DslReader.Read(document.RootElement, "dsl", DslFields.Of(Registry), new SearchLimits(), RandomDocuments.FirstMoment, showsScores: false, problems);
        search.ShouldNotBeNull($"{json}: {string.Join("; ", problems.ToImmutable().Select(problem => $"{problem.Path}: {problem.Message}"))}");
        return search;
    }
}
