using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Starring: a command that means whoever sends it.</summary>
public sealed class StarringScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_star_is_given_once_and_taken_back_once()
    {
        var orders = await Catalog.Have(Table("orders"));

        var given = await Catalog.Save(orders.Set("starred", true));
        given.ShouldTell("UPDATE orders");
        given.Events[0].AfterOf("starredBy").ShouldBe("""["admin"]""");
        given.Events[0].AfterOf("starredCount").ShouldBe("1");
        (await Catalog.Save(orders.Set("starred", true))).ShouldChangeNothing();
        (await Catalog.Save(orders.Set("starred", true))).ShouldChangeNothing();
        var back = await Catalog.Save(orders.Set("starred", false));

        back.ShouldTell("UPDATE orders");
        back.Events[0].AfterOf("starredCount").ShouldBe("0");
        (await Catalog.Save(orders.Set("starred", false))).ShouldChangeNothing();
        (await Catalog.Get(orders)).GetProperty("attributes").TryGetProperty("starredBy", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Null_says_nothing_and_anything_else_is_refused()
    {
        var orders = await Catalog.Have(Table("orders").Set("starred", true));

        (await Catalog.Save(orders.Set("starred", null))).ShouldChangeNothing();
        (await Catalog.Save(orders.Set("starred", "yes"))).ShouldBeRefused(400, "ATLAS-400-00-029");
        (await Catalog.Get(orders)).GetProperty("attributes").GetProperty("starredBy").GetRawText().ShouldBe("""["admin"]""");
    }
}
