using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Simulation;

public sealed class LineageEventTests
{
    [Fact]
    public async Task An_asset_two_steps_away_names_the_process_that_changed()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync($"{{\"entities\":[{Table("from")},{Table("to")}]}}");
        await catalog.SaveAsync($"{{\"entities\":[{Process("archived")},{Process("used")}]}}");
        await catalog.ArchiveAsync(Named("Process", "archived"));
        var head = catalog.Head;

        await catalog.ArchiveAsync(Named("Table", "to"));

        var (from, used) = (await catalog.GuidOfAsync("Table", "from"), await catalog.GuidOfAsync("Process", "used"));
        var events = (await catalog.EventsAsync(head)).ConvertAll(message => new ToldEvent(message));
        var told = events.Where(one => one.Guid == from).ShouldHaveSingleItem();
        ToldEvent.Attributes(told.After)["__hasLineage"].ShouldBe("false");
        told.Cause!.Value.Guid.ShouldBe(used);
    }

    private static AssetSelector.ByUniqueAttribute Named(string typeName, string name) => new(typeName, "qualifiedName", name);

    private static string Table(string name) => $"{{\"typeName\":\"Table\",\"attributes\":{{\"qualifiedName\":\"{name}\",\"name\":\"{name}\"}}}}";

    private static string Process(string name) =>
        $"{{\"typeName\":\"Process\",\"attributes\":{{\"qualifiedName\":\"{name}\",\"name\":\"{name}\",\"inputs\":[{Reference("from")}],\"outputs\":[{Reference("to")}]}}}}";

    private static string Reference(string name) => $"{{\"typeName\":\"Table\",\"uniqueAttributes\":{{\"qualifiedName\":\"{name}\"}}}}";
}
