using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>An archived asset keeps its lineage flag; when it comes back the flag says what is so now.</summary>
public sealed class RestoredLineage
{
    private const string Asset = """{"typeName":"Table","attributes":{"qualifiedName":"in","name":"in"}},{"typeName":"Table","attributes":{"qualifiedName":"out","name":"out"}}""";

    private const string Process =
        """{"typeName":"Process","attributes":{"qualifiedName":"p","name":"p","inputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"in"}}],"outputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"out"}}]}}""";

    [Fact]
    public async Task An_asset_that_its_processes_left_comes_back_without_lineage()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync($$"""{"entities":[{{Asset}},{{Process}}]}""");
        await catalog.DeleteAsync(await catalog.GuidOfAsync("Table", "out"));
        await catalog.SaveAsync(
            """{"entities":[{"typeName":"Process","attributes":{"qualifiedName":"p","name":"p"},"removeRelationshipAttributes":{"outputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"out"}}]}}]}""");

        await RestoreAsync(catalog, "Table", "out");

        (await HasLineageAsync(catalog, "Table", "out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_process_that_lost_its_ends_comes_back_without_lineage()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync($$"""{"entities":[{{Asset}},{{Process}}]}""");
        await catalog.DeleteAsync(await catalog.GuidOfAsync("Process", "p"));
        await catalog.SaveAsync(
            """{"entities":[{"typeName":"Process","attributes":{"qualifiedName":"p","name":"p"},"removeRelationshipAttributes":{"inputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"in"}}],"outputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"out"}}]}}]}""");

        await RestoreAsync(catalog, "Process", "p");

        (await HasLineageAsync(catalog, "Process", "p")).ShouldBeFalse();
    }

    private static Task RestoreAsync(TestCatalog catalog, string typeName, string name) =>
        catalog.SaveAsync($$$"""{"entities":[{"typeName":"{{{typeName}}}","status":"ACTIVE","attributes":{"qualifiedName":"{{{name}}}","name":"{{{name}}}"}}]}""");

    private static async Task<bool> HasLineageAsync(TestCatalog catalog, string typeName, string name)
    {
        var view = await catalog.GetAsync(await catalog.GuidOfAsync(typeName, name));
        return view.Asset.State.Find(view.Type.Attribute("__hasLineage")!.Id)!.Value.IsTrue;
    }
}
