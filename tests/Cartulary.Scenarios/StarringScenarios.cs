using System.Text.Json;
using System.Text.Json.Nodes;
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
    public async Task The_details_say_who_starred_it_and_when_and_end_with_the_star()
    {
        var had = await Catalog.Have(Table("orders").With("starredBy", List("eve")).With("starredCount", 1).With("starredDetailsList", new JsonArray(Star("eve", 1700000000000))));
        var orders = Table("orders").Known(had.Guid);

        await Catalog.Save(orders.Set("starred", true));
        await Catalog.Save(orders.Set("starred", true).With("description", "later"));

        var starred = await Catalog.Get(orders);
        var stars = starred.GetProperty("attributes").GetProperty("starredDetailsList").EnumerateArray().Select(star => star.GetProperty("attributes")).ToList();
        stars.Select(star => star.GetProperty("assetStarredBy").GetString()).ShouldBe(["eve", "admin"]);
        stars[0].GetProperty("assetStarredAt").GetInt64().ShouldBe(1700000000000);
        stars[1].GetProperty("assetStarredAt").GetInt64().ShouldBeInRange(starred.GetProperty("createTime").GetInt64(), starred.GetProperty("updateTime").GetInt64());
        (await Catalog.Save(orders.With("starredDetailsList", JsonNode.Parse(starred.GetProperty("attributes").GetProperty("starredDetailsList").GetRawText())))).ShouldChangeNothing();

        await Catalog.Save(orders.Set("starred", false));
        (await Catalog.Get(orders)).GetProperty("attributes").GetProperty("starredDetailsList").EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("attributes").GetProperty("assetStarredBy").GetString().ShouldBe("eve");
    }

    [Fact]
    public async Task The_time_of_a_star_is_that_of_its_commit()
    {
        var orders = await Catalog.Have(Table("orders"));

        var given = await Catalog.Save(orders.Set("starred", true));

        given.ShouldTell("UPDATE orders");
        var star = JsonDocument.Parse(given.Events[0].AfterOf("starredDetailsList")).RootElement[0].GetProperty("attributes");
        star.GetProperty("assetStarredAt").GetInt64().ShouldBe((await Catalog.Get(orders)).GetProperty("updateTime").GetInt64());
        await Catalog.Save(orders.Set("starred", false));
        (await Catalog.Get(orders)).GetProperty("attributes").TryGetProperty("starredDetailsList", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Null_says_nothing_and_anything_else_is_refused()
    {
        var orders = await Catalog.Have(Table("orders").Set("starred", true));

        (await Catalog.Save(orders.Set("starred", null))).ShouldChangeNothing();
        (await Catalog.Save(orders.Set("starred", "yes"))).ShouldBeRefused(400, "ATLAS-400-00-029");
        (await Catalog.Get(orders)).GetProperty("attributes").GetProperty("starredBy").GetRawText().ShouldBe("""["admin"]""");
    }

    private static JsonObject Star(string user, long time) => new()
    {
        ["typeName"] = "StarredDetails",
        ["attributes"] = new JsonObject { ["assetStarredBy"] = user, ["assetStarredAt"] = time },
    };
}
