using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when processes join assets, and when assets gain and lose lineage.</summary>
public sealed class LineageScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_new_process_tells_each_of_its_inputs_and_outputs()
    {
        var (a, b, c, d) = (await Have("a"), await Have("b"), await Have("c"), await Have("d"));

        var save = await Catalog.Save(Process("load").Linked("inputs", a, b).Linked("outputs", c, d).ByGuid("-1"));

        save.ShouldTell("CREATE load", "UPDATE a", "UPDATE b", "UPDATE c", "UPDATE d");
        save.Events[0].Line.ShouldBe("CREATE load");
        save.Event("UPDATE a").Added("inputToProcesses").ShouldBe([save.GuidOf("-1")]);
        save.Event("UPDATE d").Added("outputFromProcesses").ShouldBe([save.GuidOf("-1")]);
        save.Events.ShouldAllBe(told => told.AfterOf("__hasLineage") == "true");
    }

    [Fact]
    public async Task An_asset_that_is_input_and_output_is_told_once()
    {
        var a = await Have("a");

        var save = await Catalog.Save(Process("load").Linked("inputs", a).Linked("outputs", a).ByGuid("-1"));

        save.ShouldTell("CREATE load", "UPDATE a");
        save.Event("UPDATE a").Added("inputToProcesses").ShouldBe([save.GuidOf("-1")]);
        save.Event("UPDATE a").Added("outputFromProcesses").ShouldBe([save.GuidOf("-1")]);
    }

    [Fact]
    public async Task A_process_without_outputs_gives_no_lineage()
    {
        var a = await Have("a");

        var save = await Catalog.Save(Process("load").Linked("inputs", a));

        save.ShouldTell("CREATE load", "UPDATE a");
        save.Event("UPDATE a").ChangedAttributes.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_asset_two_steps_away_is_told_when_it_gains_lineage()
    {
        var (a, b) = (await Have("a"), await Have("b"));
        await Catalog.Have(Process("load").Linked("inputs", a));

        var save = await Catalog.Save(Process("load").Linked("outputs", b));

        save.ShouldTell("UPDATE load", "UPDATE b", "UPDATE a");
        save.Event("UPDATE a").AfterOf("__hasLineage").ShouldBe("true");
        save.Event("UPDATE a").Added("inputToProcesses").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_asset_two_steps_away_is_told_when_the_last_output_goes()
    {
        var (a, b) = (await Have("a"), await Have("b"));
        await Catalog.Have(Process("load").Linked("inputs", a).Linked("outputs", b));

        var delete = await Catalog.Delete(b);

        delete.ShouldTell("UPDATE load", "UPDATE a", "DELETE b");
        delete.Event("UPDATE a").AfterOf("__hasLineage").ShouldBe("false");
        delete.Event("UPDATE load").AfterOf("__hasLineage").ShouldBe("false");
    }

    [Fact]
    public async Task An_asset_with_another_process_keeps_its_lineage()
    {
        var (a, b, c) = (await Have("a"), await Have("b"), await Have("c"));
        await Catalog.Have(Process("first").Linked("inputs", a).Linked("outputs", b));
        var second = await Catalog.Have(Process("second").Linked("inputs", a).Linked("outputs", c));

        var delete = await Catalog.Delete(second);

        delete.ShouldTell("UPDATE a", "UPDATE c", "DELETE second");
        delete.Event("UPDATE a").ChangedAttributes.ShouldBeEmpty();
        delete.Event("UPDATE c").AfterOf("__hasLineage").ShouldBe("false");
    }

    [Fact]
    public async Task Deleting_the_last_process_takes_lineage_away()
    {
        var (a, b) = (await Have("a"), await Have("b"));
        var load = await Catalog.Have(Process("load").Linked("inputs", a).Linked("outputs", b));

        var delete = await Catalog.Delete(load);

        delete.ShouldTell("UPDATE a", "UPDATE b", "DELETE load");
        delete.Event("UPDATE a").AfterOf("__hasLineage").ShouldBe("false");
        delete.Event("UPDATE a").BeforeOf("__hasLineage").ShouldBe("true");
    }

    [Fact]
    public async Task A_changed_list_of_inputs_tells_only_those_that_come_and_go()
    {
        var (a, b, c, d) = (await Have("a"), await Have("b"), await Have("c"), await Have("d"));
        await Catalog.Have(Process("load").Linked("inputs", a, b).Linked("outputs", d));

        var save = await Catalog.Save(Process("load").Linked("inputs", b, c));

        save.ShouldTell("UPDATE load", "UPDATE a", "UPDATE c");
        save.Event("UPDATE a").AfterOf("__hasLineage").ShouldBe("false");
        save.Event("UPDATE c").AfterOf("__hasLineage").ShouldBe("true");
    }

    [Fact]
    public async Task A_process_saved_again_changes_nothing()
    {
        var (a, b) = (await Have("a"), await Have("b"));
        var load = Process("load").Linked("inputs", a).Linked("outputs", b);
        await Catalog.Have(load);

        (await Catalog.Save(load)).ShouldChangeNothing();
    }

    private Task<AssetDraft> Have(string name) => Catalog.Have(Table(name));
}
