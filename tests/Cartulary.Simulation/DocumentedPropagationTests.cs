using System.Text;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>
/// The example of Atlan's page "Asset tagged": a term with a tag, linked to a table that has two downstream tables and ten columns,
/// three of which have a downstream column each. The page counts 17 events; the processes between are assets as well.
/// </summary>
public sealed class DocumentedPropagationTests
{
    [Theory]
    [InlineData(10_000)]
    [InlineData(0)]
    public async Task The_page_s_example_tells_its_17_events_and_those_of_the_processes_between(int passedOnPerSave)
    {
        await using var catalog = await TestCatalog.CreateAsync(limits: new SaveLimits { PassedOnPerSave = passedOnPerSave, PassedOnPerCommit = 4 });
        await catalog.DefineAsync(TagModel.Types);
        var term = await BuildAsync(catalog);
        var head = catalog.Head;

        await catalog.TagAsync(term, TagAction.Attach, """[{"typeName":"Pii"}]""");
        while (await catalog.NewTagJob().StepAsync(static () => new(true), TestContext.Current.CancellationToken))
        {
        }

        var events = await catalog.EventsAsync(head);
        events.ShouldAllBe(message => message.GetProperty("operationType").GetString() == "CLASSIFICATION_ADD");
        var told = events.ConvertAll(message => message.GetProperty("entity")).ConvertAll(entity => (
            Type: entity.GetProperty("typeName").GetString()!, Guid: entity.GetProperty("guid").GetGuid()));
        told.Distinct().Count().ShouldBe(told.Count);
        told.Count(asset => !asset.Type.EndsWith("Process", StringComparison.Ordinal)).ShouldBe(17);
        told.GroupBy(asset => asset.Type).ToDictionary(group => group.Key, group => group.Count()).ShouldBe(new Dictionary<string, int>
        {
            ["AtlasGlossaryTerm"] = 1,
            ["Table"] = 3,
            ["Column"] = 13,
            ["Process"] = 2,
            ["ColumnProcess"] = 3,
        }, ignoreOrder: true);
        await TagOracle.CheckAsync(catalog.Store, catalog.Types);

        head = catalog.Head;
        await catalog.TagAsync(term, TagAction.Remove, """[{"typeName":"Pii"}]""");
        while (await catalog.NewTagJob().StepAsync(static () => new(true), TestContext.Current.CancellationToken))
        {
        }

        (await catalog.EventsAsync(head)).ConvertAll(message => message.GetProperty("operationType").GetString()).ShouldBe(Enumerable.Repeat("CLASSIFICATION_DELETE", 22));
    }

    private static async Task<Guid> BuildAsync(TestCatalog catalog)
    {
        var entities = new StringBuilder(
            """
            {"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"g"}},
            {"typeName":"AtlasGlossaryTerm","guid":"-2","attributes":{"name":"m","anchor":{"guid":"-1"}}},
            {"typeName":"Table","guid":"-3","attributes":{"qualifiedName":"t","name":"t","meanings":[{"guid":"-2"}]}},
            {"typeName":"Table","guid":"-4","attributes":{"qualifiedName":"d1","name":"d1"}},
            {"typeName":"Table","guid":"-5","attributes":{"qualifiedName":"d2","name":"d2"}},
            {"typeName":"Process","guid":"-6","attributes":{"qualifiedName":"p1","name":"p1","inputs":[{"guid":"-3"}],"outputs":[{"guid":"-4"}]}},
            {"typeName":"Process","guid":"-7","attributes":{"qualifiedName":"p2","name":"p2","inputs":[{"guid":"-3"}],"outputs":[{"guid":"-5"}]}}
            """);
        for (var column = 0; column < 10; column++)
        {
            entities.Append($$""",{"typeName":"Column","guid":"-1{{column}}","attributes":{"qualifiedName":"c{{column}}","name":"c{{column}}","table":{"guid":"-3"} } }""");
        }

        for (var column = 0; column < 3; column++)
        {
            entities.Append(
                $$"""
                ,{"typeName":"Column","guid":"-2{{column}}","attributes":{"qualifiedName":"e{{column}}","name":"e{{column}}","table":{"guid":"-{{4 + (column % 2)}}"} } }
                ,{"typeName":"ColumnProcess","guid":"-3{{column}}","attributes":{"qualifiedName":"q{{column}}","name":"q{{column}}",
                "inputs":[{"guid":"-1{{column}}"}],"outputs":[{"guid":"-2{{column}}"}] } }
                """);
        }

        var created = (SaveOutcome.Committed)await catalog.SaveAsync($$"""{"entities":[{{entities}}]}""");
        return created.Summary.GuidAssignments.Single(pair => pair.Key == "-2").Value;
    }
}
