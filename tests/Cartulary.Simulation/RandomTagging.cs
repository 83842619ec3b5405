using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>A small world of tables, columns, processes and terms, and random saves that tag and rewire it.</summary>
internal sealed class RandomTagging(TestCatalog catalog, Dice dice)
{
    private const string World =
        """
        {"entities":[
        {"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"g"}},
        {"typeName":"AtlasGlossaryTerm","guid":"-2","attributes":{"name":"m1","anchor":{"guid":"-1"}}},
        {"typeName":"AtlasGlossaryTerm","guid":"-3","attributes":{"name":"m2","anchor":{"guid":"-1"}}},
        {"typeName":"Table","guid":"-4","attributes":{"qualifiedName":"t1","name":"t1","meanings":[{"guid":"-2"}]}},
        {"typeName":"Table","guid":"-5","attributes":{"qualifiedName":"t2","name":"t2"}},
        {"typeName":"Table","guid":"-6","attributes":{"qualifiedName":"t3","name":"t3"}},
        {"typeName":"Column","guid":"-7","attributes":{"qualifiedName":"c1","name":"c1","table":{"guid":"-4"}}},
        {"typeName":"Column","guid":"-8","attributes":{"qualifiedName":"c2","name":"c2","table":{"guid":"-5"}}},
        {"typeName":"Column","guid":"-9","attributes":{"qualifiedName":"c3","name":"c3"}},
        {"typeName":"Process","guid":"-10","attributes":{"qualifiedName":"p1","name":"p1","inputs":[{"guid":"-4"}],"outputs":[{"guid":"-5"}]}},
        {"typeName":"Process","guid":"-11","attributes":{"qualifiedName":"p2","name":"p2","inputs":[{"guid":"-5"}],"outputs":[{"guid":"-6"}]}},
        {"typeName":"Process","guid":"-12","attributes":{"qualifiedName":"p3","name":"p3"}}
        ]}
        """;

    private readonly List<(string Type, string Name, Guid Guid)> _terms = [];
    private readonly List<(string Type, string Name, Guid Guid)> _data = [];
    private readonly List<(string Type, string Name, Guid Guid)> _processes = [];

    private IEnumerable<(string Type, string Name, Guid Guid)> All => _terms.Concat(_data).Concat(_processes);

    /// <summary>Defines the tags and creates the assets.</summary>
    public async Task BeginAsync()
    {
        await catalog.DefineAsync(TagModel.Types);
        var created = (SaveOutcome.Committed)await catalog.SaveAsync(World);
        Guid Of(int local) => created.Summary.GuidAssignments.Single(pair => pair.Key == $"-{local}").Value;
        _terms.AddRange([("AtlasGlossaryTerm", "m1", Of(2)), ("AtlasGlossaryTerm", "m2", Of(3))]);
        _data.AddRange(
        [
            ("Table", "t1", Of(4)), ("Table", "t2", Of(5)), ("Table", "t3", Of(6)), ("Column", "c1", Of(7)), ("Column", "c2", Of(8)), ("Column", "c3", Of(9)),
        ]);
        _processes.AddRange([("Process", "p1", Of(10)), ("Process", "p2", Of(11)), ("Process", "p3", Of(12))]);
    }

    /// <summary>Does something at random.</summary>
    public async Task NextAsync()
    {
        var outcome = dice.Below(9) switch
        {
            0 or 1 => await catalog.TagAsync(dice.Pick(All.ToList()).Guid, TagAction.Put, $"[{RandomTag()}]"),
            2 => await catalog.TagAsync(dice.Pick(All.ToList()).Guid, TagAction.Drop, """[{"typeName":"Pii"},{"typeName":"Secret"}]"""),
            3 => await SaveAsync(dice.Pick(_processes), Lists("inputs", "outputs")),
            4 => await SaveAsync(dice.Pick(_data.Where(asset => asset.Type == "Column").ToList()), $"\"table\":{RandomTable()}"),
            5 => await SaveAsync(dice.Pick(_data), $"\"meanings\":[{string.Join(',', dice.Some(_terms).Select(term => $$"""{"guid":"{{term.Guid}}"}"""))}]"),
            6 => await catalog.DeleteAsync([.. dice.Some(All, oneIn: 5).Select(asset => asset.Guid)]),
            7 => await PurgeAsync(),
            _ => await RestoreAsync(),
        };
        (outcome as SaveOutcome.Rejected)?.Problems.ShouldBeEmpty();
    }

    private Task<SaveOutcome> SaveAsync((string Type, string Name, Guid Guid) asset, string relationships) => catalog.SaveAsync(
        $$"""
        {"entities":[{"typeName":"{{asset.Type}}","guid":"{{asset.Guid}}","attributes":{"qualifiedName":"{{asset.Name}}","name":"{{asset.Name}}"},
        "relationshipAttributes":{ {{relationships}} } }]}
        """);

    private async Task<SaveOutcome> RestoreAsync()
    {
        var entities = dice.Some(_data.Concat(_processes), oneIn: 3).Append(dice.Pick(_data)).DistinctBy(asset => asset.Guid).Select(asset =>
            $$"""{"typeName":"{{asset.Type}}","guid":"{{asset.Guid}}","status":"ACTIVE","attributes":{"qualifiedName":"{{asset.Name}}","name":"{{asset.Name}}"} }""");
        return await catalog.SaveAsync($$"""{"entities":[{{string.Join(',', entities)}}]}""");
    }

    /// <summary>Purges some, and creates others of the same names for all that went.</summary>
    private async Task<SaveOutcome> PurgeAsync()
    {
        var targets = dice.Some(_data.Concat(_processes), oneIn: 6).ConvertAll<AssetSelector>(asset => new AssetSelector.ByGuid(asset.Guid));
        var outcome = await catalog.TryAsync(SaveRequest.Delete([.. targets], dice.Flip() ? DeletionKind.Purge : DeletionKind.PurgeArchived));
        foreach (var assets in new[] { _data, _processes })
        {
            for (var place = 0; place < assets.Count; place++)
            {
                var (type, name, guid) = assets[place];
                if ((await catalog.Reader.GetAsync(new AssetSelector.ByGuid(guid), withEdges: false, TestContext.Current.CancellationToken)).View is null)
                {
                    var created = await catalog.SaveAsync($$"""{"entities":[{"typeName":"{{type}}","guid":"-1","attributes":{"qualifiedName":"{{name}}","name":"{{name}}"} }]}""");
                    assets[place] = (type, name, created.ShouldBeOfType<SaveOutcome.Committed>().Summary.GuidAssignments.Single().Value);
                }
            }
        }

        return outcome;
    }

    private string Lists(params string[] names) => string.Join(',', names.Select(name =>
        $"\"{name}\":[{string.Join(',', dice.Some(_data, oneIn: 3).Select(asset => $$"""{"guid":"{{asset.Guid}}"}"""))}]"));

    private string RandomTable() => dice.OneIn(4) ? "null" : $$"""{"guid":"{{dice.Pick(_data.Where(asset => asset.Type == "Table").ToList()).Guid}}"}""";

    private string RandomTag()
    {
        var restriction = dice.Below(4) switch
        {
            0 => ""","restrictPropagationThroughLineage":true,"restrictPropagationThroughHierarchy":false""",
            1 => ""","restrictPropagationThroughHierarchy":true,"restrictPropagationThroughLineage":false""",
            _ => "",
        };
        return $$"""
            {"typeName":"{{(dice.Flip() ? "Pii" : "Secret")}}","propagate":{{(dice.OneIn(5) ? "false" : "true")}},
            "removePropagationsOnEntityDelete":{{(dice.OneIn(3) ? "false" : "true")}}{{restriction}},"validityPeriods":[{"startTime":"{{dice.Below(3)}}"}]}
            """;
    }
}
