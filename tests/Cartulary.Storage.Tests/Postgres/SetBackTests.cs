using Cartulary.Core.Types;
using Cartulary.Storage.Postgres;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>A database that is set back to a backup while a server runs: what was known of the log that is lost is known no more.</summary>
public sealed class SetBackTests(PostgresCluster cluster) : IAsyncLifetime
{
    private PostgresCatalog _catalog = null!;
    private PostgresCatalogStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _catalog = await PostgresCatalog.CreateAsync(cluster);
        _store = await _catalog.OpenAsync();
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task Types_that_were_lost_are_not_taken_for_those_that_are_made_in_their_place()
    {
        var types = await TypeRegistrySource.OpenAsync(_store, new TypesDef(), PlanBuilder.Saver("types"), TimeProvider.System, Guid.CreateVersion7, Cancel);
        await _catalog.KeepCopyAsync();
        var lost = await types.DefineAsync(_store, new TypesDef { EnumDefs = [new EnumDef { Name = "Lost" }] });
        await _catalog.PutCopyBackAsync();

        var registry = await types.DefineAsync(_store, new TypesDef { EnumDefs = [new EnumDef { Name = "Instead" }] });

        registry.Version.ShouldBe(lost.Version);
        registry.Stored.Select(type => type.Definition.Name).ShouldBe(["Instead"]);
        types.Newest.ShouldBeSameAs(registry);
    }
}
