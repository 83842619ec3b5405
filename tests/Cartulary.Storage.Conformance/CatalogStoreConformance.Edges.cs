using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>Edges: recorded, continued, suspended, ended.</summary>
public abstract partial class CatalogStoreConformance
{
    private const int Columns = 5;

    [Fact]
    public async Task An_edge_is_found_from_both_of_its_ends_and_between_them()
    {
        var assets = await LinkedAsync("table", "column");
        var (table, column) = (assets[0], assets[1]);

        var edge = (await EdgesAsync(new EndKey(table.Id, Columns, EndSide.One, IsSymmetric: false))).ShouldHaveSingleItem();

        edge.ShouldBe(new StoredEdge(edge.Row, edge.Link, Columns, EndOf(table), EndOf(column), AssetState.Empty));
        edge.IsLive.ShouldBeTrue();
        (await EdgesAsync(new EndKey(column.Id, Columns, EndSide.Two, IsSymmetric: false))).ShouldBe([edge]);
        await using var session = await Store.ReadAsync(Cancel);
        var pair = new EdgeKey(Columns, table.Id, column.Id);
        (await session.EdgesBetweenAsync([pair, new(Columns, column.Id, table.Id), new(6, table.Id, column.Id)], Cancel))
            .ShouldHaveSingleItem().ShouldBe(new(pair, edge));
    }

    [Fact]
    public async Task Relationship_attributes_without_edges_are_left_out()
    {
        var assets = await LinkedAsync("table", "column");
        await using var session = await Store.ReadAsync(Cancel);
        var asked = new EndKey(assets[0].Id, Columns, EndSide.One, IsSymmetric: false);

        var found = await session.EdgesAtAsync(
            [asked, asked with { Side = EndSide.Two }, asked with { RelationshipId = 6 }, asked with { Asset = assets[1].Id }], Cancel);

        found.Keys.ShouldBe([asked]);
    }

    [Fact]
    public async Task Edges_come_in_the_order_they_were_recorded()
    {
        var assets = await CreateAsync("table", "c", "a", "b");
        foreach (var column in assets.Skip(1))
        {
            await CommitAsync(Plan().Mention(assets[0], out var table).Mention(column, out var end).Open(Columns, table, end));
        }

        (await EdgesAsync(new EndKey(assets[0].Id, Columns, EndSide.One, IsSymmetric: false)))
            .Select(edge => edge.End2.Id).ShouldBe(assets.Skip(1).Select(column => column.Id));
    }

    [Fact]
    public async Task An_ended_edge_is_not_found_any_more()
    {
        var assets = await LinkedAsync("table", "column");
        var edge = await EdgeOfAsync(assets[0]);

        await CommitAsync(Plan().Close(edge.Row));

        await using var session = await Store.ReadAsync(Cancel);
        (await session.EdgesOfAsync([assets[0].Id, assets[1].Id], Cancel)).ShouldBeEmpty();
        (await session.EdgesBetweenAsync([new(Columns, assets[0].Id, assets[1].Id)], Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edge_with_other_attributes_keeps_its_link_and_its_place()
    {
        var assets = await LinkedAsync("table", "column1", "column2");
        var edge = await EdgeOfAsync(assets[0]);
        var attributes = PlanBuilder.State("attributes");

        await CommitAsync(Plan().Mention(assets[0], out var table).Mention(assets[1], out var column)
            .Close(edge.Row).Open(Columns, table, column, attributes.Encoded.ToArray(), edge.Link));

        var edges = await EdgesAsync(new EndKey(assets[0].Id, Columns, EndSide.One, IsSymmetric: false));
        edges.Length.ShouldBe(2);
        edges[0].ShouldBe(edge with { Row = edges[0].Row, Attributes = attributes });
        edges[0].Row.ShouldNotBe(edge.Row);
    }

    [Fact]
    public async Task Edges_are_found_by_their_links_whether_or_not_their_attributes_have_changed()
    {
        var assets = await LinkedAsync("table", "column1", "column2");
        var edge = await EdgeOfAsync(assets[0]);
        var attributes = PlanBuilder.State("attributes");
        await CommitAsync(Plan().Mention(assets[0], out var table).Mention(assets[1], out var column)
            .Close(edge.Row).Open(Columns, table, column, attributes.Encoded.ToArray(), edge.Link));
        var edges = await EdgesAsync(new EndKey(assets[0].Id, Columns, EndSide.One, IsSymmetric: false));
        await using var session = await Store.ReadAsync(Cancel);

        var found = await session.FindByLinkAsync([edges[0].Link, edges[1].Link, edges[0].Row, 1_000_000], Cancel);

        found.Keys.ShouldBe([edges[0].Link, edges[1].Link], ignoreOrder: true);
        found[edges[0].Link].ShouldBe(edges[0]);
        found[edges[0].Link]!.Attributes.ShouldBe(attributes);
        found[edges[1].Link].ShouldBe(edges[1]);
        edges[0].Row.ShouldNotBe(edges[0].Link);
    }

    [Fact]
    public async Task The_link_of_an_ended_edge_is_known_as_such()
    {
        var assets = await LinkedAsync("table", "column1", "column2");
        var edges = await EdgesAsync(new EndKey(assets[0].Id, Columns, EndSide.One, IsSymmetric: false));
        await CommitAsync(Plan().Mention(assets[0], out var table).Mention(assets[1], out var column)
            .Close(edges[0].Row).Open(Columns, table, column, PlanBuilder.State("attributes").Encoded.ToArray(), edges[0].Link));
        await CommitAsync(Plan().Close((await EdgeOfAsync(assets[0])).Row).Close(edges[1].Row));
        await using var session = await Store.ReadAsync(Cancel);

        var found = await session.FindByLinkAsync([.. edges.Select(edge => edge.Link)], Cancel);

        found.Count.ShouldBe(2);
        found.Values.ShouldAllBe(edge => edge == null);
    }

    [Fact]
    public async Task An_edge_is_found_by_its_link_with_the_status_of_its_ends()
    {
        var assets = await LinkedAsync("table", "column");
        var edge = await EdgeOfAsync(assets[0]);
        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Deleted));
        await using var session = await Store.ReadAsync(Cancel);

        (await session.FindByLinkAsync([edge.Link], Cancel))[edge.Link]
            .ShouldBe(edge with { End2 = edge.End2 with { Status = AssetStatus.Deleted } });
    }

    [Fact]
    public async Task An_edge_recorded_anew_has_a_new_link()
    {
        var assets = await LinkedAsync("table", "column");
        var edge = await EdgeOfAsync(assets[0]);
        await CommitAsync(Plan().Close(edge.Row));
        await CommitAsync(Plan().Mention(assets[0], out var table).Mention(assets[1], out var column).Open(Columns, table, column));

        (await EdgeOfAsync(assets[0])).Link.ShouldNotBe(edge.Link);
    }

    [Fact]
    public async Task Archiving_an_end_suspends_the_edge_and_restoring_it_brings_it_back()
    {
        var assets = await LinkedAsync("table", "column");
        var edge = await EdgeOfAsync(assets[0]);

        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Deleted));
        var suspended = await EdgeOfAsync(assets[0]);
        await CommitAsync(Plan().SetStatus(assets[1], AssetStatus.Active));

        suspended.ShouldBe(edge with { End2 = edge.End2 with { Status = AssetStatus.Deleted } });
        suspended.IsLive.ShouldBeFalse();
        (await EdgeOfAsync(assets[0])).ShouldBe(edge);
    }

    [Fact]
    public async Task The_edges_of_several_assets_come_once_each()
    {
        var assets = await LinkedAsync("table", "column1", "column2");
        await CommitAsync(Plan().Mention(assets[1], out var first).Open(8, first, first));
        await using var session = await Store.ReadAsync(Cancel);

        var edges = await session.EdgesOfAsync([assets[1].Id, assets[0].Id, assets[1].Id], Cancel);

        edges.Select(edge => (edge.RelationshipId, edge.End1.Id, edge.End2.Id)).ShouldBe(
            [(Columns, assets[0].Id, assets[1].Id), (Columns, assets[0].Id, assets[2].Id), (8, assets[1].Id, assets[1].Id)]);
    }

    [Fact]
    public async Task Edges_of_a_symmetric_relationship_are_found_from_either_end_once_each()
    {
        var assets = await CreateAsync("a", "b", "c");
        await CommitAsync(Plan().Mention(assets[0], out var a).Mention(assets[1], out var b).Mention(assets[2], out var c)
            .Open(9, a, b).Open(9, b, c).Open(9, b, b));

        var ends = await EdgesAsync(new EndKey(assets[1].Id, 9, EndSide.One, IsSymmetric: true));

        ends.Select(edge => (edge.End1.Id, edge.End2.Id)).ShouldBe(
            [(assets[0].Id, assets[1].Id), (assets[1].Id, assets[2].Id), (assets[1].Id, assets[1].Id)]);
        (await EdgesAsync(new EndKey(assets[0].Id, 9, EndSide.Two, IsSymmetric: true))).Length.ShouldBe(1);
    }

    [Fact]
    public async Task One_relationship_joins_two_assets_only_once()
    {
        var assets = await LinkedAsync("table", "column");
        var head = Store.Head;

        await Should.ThrowAsync<Exception>(() =>
            CommitAsync(Plan().Mention(assets[0], out var table).Mention(assets[1], out var column).Open(Columns, table, column)));

        Store.Head.ShouldBe(head);
    }

    [Fact]
    public async Task Ending_an_edge_that_is_not_recorded_fails()
    {
        var edge = await EdgeOfAsync((await LinkedAsync("table", "column"))[0]);
        await CommitAsync(Plan().Close(edge.Row));

        await Should.ThrowAsync<Exception>(() => CommitAsync(Plan().Create("new").Close(edge.Row)));

        (await CountAsync("new")).ShouldBe(0);
    }

    /// <summary>Creates a first asset and others, and an edge from the first to each of the others.</summary>
    private async Task<StoredAsset[]> LinkedAsync(params string[] names)
    {
        var plan = Plan();
        for (var i = 0; i < names.Length; i++)
        {
            plan.Create(names[i], out var subject);
            if (i > 0)
            {
                plan.Open(Columns, 0, subject);
            }
        }

        await CommitAsync(plan);
        return await Task.WhenAll(names.Select(AssetAsync));
    }

    /// <summary>The first edge of an asset at end 1.</summary>
    private async Task<StoredEdge> EdgeOfAsync(StoredAsset asset) =>
        (await EdgesAsync(new EndKey(asset.Id, Columns, EndSide.One, IsSymmetric: false)))[0];

    private static EdgeEnd EndOf(StoredAsset asset) => new(asset.Id, asset.Guid, asset.TypeId, asset.Status);
}
