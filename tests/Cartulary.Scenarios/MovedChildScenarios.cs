using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when a child moves: itself, its old parent and its new one, from whichever side it is moved.</summary>
public sealed class MovedChildScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_child_moved_from_its_own_side_tells_the_old_and_the_new_parent()
    {
        var (old, target, id) = await HaveChild();

        ShouldTellTheMove(await Catalog.Save(id.In("table", target)), old, target, id);
    }

    [Fact]
    public async Task A_child_claimed_by_its_new_parent_tells_the_old_one_too()
    {
        var (old, target, id) = await HaveChild();

        ShouldTellTheMove(await Catalog.Save(target.Linked("columns", id)), old, target, id);
    }

    [Fact]
    public async Task A_child_appended_to_its_new_parent_tells_the_old_one_too()
    {
        var (old, target, id) = await HaveChild();

        ShouldTellTheMove(await Catalog.Save(target.Appending("columns", id)), old, target, id);
    }

    [Fact]
    public async Task A_child_has_one_parent_after_its_move()
    {
        var (old, target, id) = await HaveChild();

        await Catalog.Save(target.Appending("columns", id));

        (await Catalog.Ends(old, "columns")).ShouldBeEmpty();
        (await Catalog.Ends(id, "table")).ShouldBe([target.Guid]);
    }

    [Fact]
    public async Task A_child_moved_to_a_parent_that_is_created_with_the_move_tells_the_old_one()
    {
        var (_, _, id) = await HaveChild();

        (await Catalog.Save(Table("fresh"), id.In("table", Table("fresh")))).ShouldTellInOrder("CREATE fresh", "UPDATE id", "UPDATE old");
    }

    [Fact]
    public async Task A_child_moved_away_and_back_in_one_request_changes_nothing()
    {
        var (old, target, id) = await HaveChild();

        (await Catalog.Save(id.In("table", target), id.In("table", old))).ShouldChangeNothing();
    }

    private static void ShouldTellTheMove(Outcome save, AssetDraft old, AssetDraft target, AssetDraft id)
    {
        save.ShouldTell("UPDATE id", "UPDATE old", "UPDATE target");
        save.Event("UPDATE id").Added("table").ShouldBe([target.Guid]);
        save.Event("UPDATE id").Removed("table").ShouldBe([old.Guid]);
        save.Event("UPDATE old").Removed("columns").ShouldBe([id.Guid]);
        save.Event("UPDATE target").Added("columns").ShouldBe([id.Guid]);
    }

    private async Task<(AssetDraft Old, AssetDraft Target, AssetDraft Id)> HaveChild()
    {
        var old = await Catalog.Have(Table("old"));
        var target = await Catalog.Have(Table("target"));
        return (old, target, await Catalog.Have(Column("id").In("table", old)));
    }
}
