using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>The same change of a glossary tells the same, in bulk, alone, and in the form of Apache Atlas.</summary>
public sealed class GlossaryDoorScenarios(CatalogServer server) : Scenario(server)
{
    private static readonly string[] Each =
        ["guid", "name", "qualifiedName", "displayText", "lexicographicalSortOrder", "createTime", "updateTime", "version", "relationshipGuid"];

    [Fact]
    public async Task A_new_term_is_told_the_same_through_every_door()
    {
        var told = new List<List<string>>();
        foreach (var create in new Func<AssetDraft, Task<Outcome>>[] { term => Catalog.Save(term), Catalog.SaveSingle, InAtlasForm })
        {
            var glossary = await Catalog.Have(Glossary($"finance {told.Count}"));
            var outcome = await create(Term("revenue").With("shortDescription", "s").With("examples", List("a")).In("anchor", glossary).ByGuid("-1"));
            told.Add(Digest(outcome));
        }

        told[0].Count.ShouldBe(2);
        told.ShouldAllBe(events => events.SequenceEqual(told[0]));
    }

    [Fact]
    public async Task A_changed_term_is_told_the_same_through_every_door()
    {
        var told = new List<List<string>>();
        foreach (var change in new Func<AssetDraft, Task<Outcome>>[]
        {
            term => Catalog.Save(term.With("shortDescription", "new")),
            term => Catalog.SaveSingle(term.With("shortDescription", "new")),
            term => Catalog.AskGlossary(HttpMethod.Put, $"/term/{term.Guid}", new JsonObject { ["shortDescription"] = "new" }),
            term => Catalog.AskGlossary(HttpMethod.Put, $"/term/{term.Guid}/partial", new JsonObject { ["shortDescription"] = "new" }),
        })
        {
            told.Add(Digest(await change(await HaveTermIn($"finance {told.Count}"))));
        }

        told[0].Count.ShouldBe(1);
        told.ShouldAllBe(events => events.SequenceEqual(told[0]));
    }

    [Fact]
    public async Task An_assigned_term_is_told_the_same_through_every_door()
    {
        var told = new List<List<string>>();
        foreach (var assign in new Func<AssetDraft, AssetDraft, Task<Outcome>>[]
        {
            (term, orders) => Catalog.Save(term.Appending("assignedEntities", orders)),
            (term, orders) => Catalog.SaveSingle(term.Appending("assignedEntities", orders)),
            (term, orders) => Catalog.AskGlossary(HttpMethod.Post, $"/terms/{term.Guid}/assignedEntities", new JsonArray(orders.GuidReference)),
        })
        {
            var term = await HaveTermIn($"finance {told.Count}");
            told.Add(Digest(await assign(term, await Catalog.Have(Table($"orders {told.Count}")))));
        }

        told[0].Count.ShouldBe(2);
        told.ShouldAllBe(events => events.SequenceEqual(told[0]));
    }

    [Fact]
    public async Task An_archived_term_is_told_the_same_through_every_door()
    {
        var told = new List<List<string>>();
        foreach (var archive in new Func<AssetDraft, Task<Outcome>>[]
        {
            term => Catalog.Delete(term),
            term => Catalog.DeleteByGuid(term.Guid),
            term => Catalog.AskGlossary(HttpMethod.Delete, $"/term/{term.Guid}", body: null),
        })
        {
            told.Add(Digest(await archive(await HaveTermIn($"finance {told.Count}"))));
        }

        told[0].Count.ShouldBe(2);
        told.ShouldAllBe(events => events.SequenceEqual(told[0]));
    }

    private Task<Outcome> InAtlasForm(AssetDraft term)
    {
        var body = (JsonObject)term.Json["attributes"]!.DeepClone();
        body["anchor"] = new JsonObject { ["glossaryGuid"] = (string)term.Json["relationshipAttributes"]!["anchor"]!["guid"]! };
        return Catalog.AskGlossary(HttpMethod.Post, "/term", body);
    }

    private async Task<AssetDraft> HaveTermIn(string glossary) => await Catalog.Have(Term("revenue").In("anchor", await Catalog.Have(Glossary(glossary))));

    /// <summary>What is told, but for what is another one each time: guids, names, places and times.</summary>
    private static List<string> Digest(Outcome outcome) =>
        [.. outcome.Events.Select(told => $"{told.Message.GetProperty("operationType")} {told.Entity.GetProperty("typeName")} {Masked(JsonNode.Parse(told.After.GetRawText()))} {(told.Message.TryGetProperty("previousDetails", out var before) ? Masked(JsonNode.Parse(before.GetRawText())) : "")}")];

    private static string Masked(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject json => string.Join(',', json.Select(member => Each.Contains(member.Key) ? member.Key : $"{member.Key}={Masked(member.Value)}")),
        JsonArray list => string.Join(';', list.Select(Masked)),
        _ => node.ToJsonString(),
    };
}
