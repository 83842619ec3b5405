using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Core.Tests.Types;

/// <summary>A catalog that an older version of the program made gets the types of this one at its next start, and loses nothing.</summary>
public sealed class ModelUpgradeTests
{
    private static readonly TypesDef Model = BuiltInModel.Load();

    [Fact]
    public async Task A_catalog_with_an_older_model_is_brought_up_to_this_one_at_its_next_start()
    {
        await using var catalog = await TestCatalog.CreateAsync(model: Older());
        await catalog.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"name":"orders","qualifiedName":"q/orders","description":"d"}}]}""");
        var before = await catalog.GetAsync(await catalog.GuidOfAsync("Table", "q/orders"));
        (await catalog.TrySaveAsync("""{"entities":[{"typeName":"PowerBIReport","attributes":{"name":"r","qualifiedName":"q/r"}}]}""")).ShouldBeOfType<SaveOutcome.Rejected>();

        var types = await StartAsync(catalog);

        types.Newest.Entities.Select(type => type.Name).ShouldBe(Model.EntityDefs.Select(definition => definition.Name), ignoreOrder: true);
        types.Newest.FindEntity("Table")!.Attribute("rowCount").ShouldNotBeNull();
        types.Newest.FindEntity("Table")!.Id.ShouldBe(catalog.Types.Newest.FindEntity("Table")!.Id);
        (await catalog.SaveAsync("""{"entities":[{"typeName":"PowerBIReport","attributes":{"name":"r","qualifiedName":"q/r"}}]}""")).ShouldBeOfType<SaveOutcome.Committed>();
        var after = await catalog.GetAsync(before.Asset.Guid);
        after.Asset.State.ShouldBe(before.Asset.State);
        after.Asset.Version.ShouldBe(before.Asset.Version);
    }

    [Fact]
    public async Task A_second_start_changes_nothing()
    {
        await using var catalog = await TestCatalog.CreateAsync(model: Older());
        await StartAsync(catalog);
        var head = catalog.Store.Head;

        await StartAsync(catalog);

        catalog.Store.Head.ShouldBe(head);
    }

    private static Task<TypeRegistrySource> StartAsync(TestCatalog catalog) => TypeRegistrySource.OpenAsync(
        catalog.Store,
        Model,
        new CommitContext(Guid.CreateVersion7(), "cartulary", "start", DeleteHandler: null, ImmutableSortedDictionary<string, string>.Empty),
        TimeProvider.System,
        Guid.CreateVersion7,
        CancellationToken.None);

    /// <summary>The model without business intelligence, and with a table that has no rowCount.</summary>
    private static TypesDef Older() => Model with
    {
        EntityDefs =
        [
            .. Model.EntityDefs.Where(definition => !IsNew(definition.Name))
                .Select(definition => definition.Name == "Table" ? definition with { AttributeDefs = [.. definition.AttributeDefs.Where(attribute => attribute.Name != "rowCount")] } : definition),
        ],
        RelationshipDefs = [.. Model.RelationshipDefs.Where(definition => !IsNew(definition.EndDef1.Type) && !IsNew(definition.EndDef2.Type))],
    };

    private static bool IsNew(string type) => type.StartsWith("PowerBI", StringComparison.Ordinal) || type.StartsWith("Looker", StringComparison.Ordinal);
}
