using Cartulary.Core.Save;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>A request that lists an asset again, by whatever name it has by then, speaks of that one asset.</summary>
public sealed class OneAssetManyListings
{
    [Fact]
    public async Task A_new_asset_is_found_under_a_supertype()
    {
        await using var catalog = await TestCatalog.CreateAsync();

        var outcome = await catalog.SaveAsync(
            """{"entities":[{"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"a","name":"a"}},{"typeName":"SQL","guid":"-2","attributes":{"qualifiedName":"a","name":"a","description":"d"}}]}""");

        var committed = outcome.ShouldBeOfType<SaveOutcome.Committed>();
        committed.Summary.Mutations.Length.ShouldBe(1);
        committed.Summary.GuidAssignments.Select(pair => pair.Value).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_renamed_asset_is_found_under_its_new_name()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"old","name":"a"}}]}""");
        var guid = await catalog.GuidOfAsync("Table", "old");

        await catalog.SaveAsync($$$"""
            {"entities":[{"typeName":"Table","guid":"{{{guid}}}","attributes":{"qualifiedName":"new","name":"a"}},
                         {"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"new","name":"b"}},
                         {"typeName":"Column","attributes":{"qualifiedName":"c","name":"c","table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"new"} } } }]}
            """);

        var view = await catalog.GetAsync(guid);
        view.Asset.State.Find(view.Type.Attribute("name")!.Id)!.Value.AsText().ShouldBe("b");
        view.Ends.Single().Edges.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_a_later_listing_takes_back_confuses_nobody()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"a","name":"n"}},{"typeName":"Table","attributes":{"qualifiedName":"b","name":"n"}}]}""");
        var guid = await catalog.GuidOfAsync("Table", "a");

        var outcome = await catalog.SaveAsync($$$"""
            {"entities":[{"typeName":"Table","guid":"{{{guid}}}","attributes":{"qualifiedName":"b","name":"n"}},
                         {"typeName":"SQL","attributes":{"qualifiedName":"b","name":"n"}},
                         {"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"a","name":"n"}}]}
            """);

        outcome.ShouldBeOfType<SaveOutcome.Unchanged>();
    }
}
