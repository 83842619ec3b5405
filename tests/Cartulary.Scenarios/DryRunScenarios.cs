using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>A save on trial says what it would do, and does nothing.</summary>
public sealed class DryRunScenarios(CatalogServer server) : Scenario(server)
{
    private const string DryRun = "dryRun=true";

    [Fact]
    public async Task A_trial_answers_as_the_save_would_and_leaves_no_trace()
    {
        var orders = await Catalog.Have(Table("orders"));
        var stamp = await StampOf(orders);

        var trial = await Catalog.SaveWith(DryRun, [orders.With("description", "new"), Column("total").In("table", orders).ByGuid("-1")]);

        trial.ShouldTell();
        trial.Body.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        trial.Verdicts.ShouldBe(["UPDATE orders", "CREATE total"]);
        trial.Mutated("UPDATE").ShouldBe([orders.Guid]);
        trial.Mutated("CREATE").ShouldBe([trial.GuidOf("-1")]);
        trial.Body.GetProperty("foreseen").GetProperty("guids")[0].GetString().ShouldBe(trial.GuidOf("-1"));
        (await StampOf(orders)).ShouldBe(stamp);
        (await Catalog.GetByName(Column("total"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_trial_shows_the_envelopes_that_would_be_told()
    {
        var orders = await Catalog.Have(Table("orders"));

        var trial = await Catalog.SaveWith(DryRun, [Column("total").In("table", orders)]);

        var messages = trial.Body.GetProperty("events").EnumerateArray().Select(envelope => envelope.GetProperty("message")).ToList();
        messages.Select(message => message.GetProperty("operationType").GetString()).ShouldBe(["ENTITY_CREATE", "ENTITY_UPDATE"]);
        messages[1].GetProperty("assetVersion").GetInt64().ShouldBe(2);
        messages[0].GetProperty("sequence").GetInt64().ShouldBe(trial.Body.GetProperty("foreseen").GetProperty("head").GetInt64() + 1);
    }

    [Fact]
    public async Task The_save_after_a_trial_does_what_was_said()
    {
        var orders = await Catalog.Have(Table("orders"));
        var column = Column("total").In("table", orders).With("dataType", "INTEGER");

        var trial = await Catalog.SaveWith(DryRun, [column]);
        var save = await Catalog.SaveWith("receipts=true", [column]);

        save.Verdicts.ShouldBe(trial.Verdicts);
        save.Receipts[0].GetProperty("changes").GetProperty("attributes").GetRawText().ShouldBe(trial.Receipts[0].GetProperty("changes").GetProperty("attributes").GetRawText());
    }

    [Fact]
    public async Task A_trial_that_would_change_nothing_says_so()
    {
        var orders = await Catalog.Have(Table("orders"));

        var trial = await Catalog.SaveWith(DryRun, [orders]);

        trial.ShouldChangeNothing();
        trial.Verdicts.ShouldBe(["NOOP orders"]);
        trial.Body.GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_trial_of_a_mistake_is_refused_as_the_save_would_be()
    {
        var trial = await Catalog.SaveWith(DryRun, [Column("c").In("table", Table("nowhere"))]);

        trial.ShouldBeRefused(404, "ATLAS-404-00-00A");
    }

    [Fact]
    public async Task An_archiving_can_be_tried()
    {
        var orders = await Catalog.Have(Table("orders"));

        var trial = await Catalog.DeleteWith(orders, DryRun);

        trial.ShouldTell();
        trial.Mutated("DELETE").ShouldBe([orders.Guid]);
        (await Catalog.Get(orders)).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task A_partial_update_can_be_tried()
    {
        var orders = await Catalog.Have(Table("orders"));

        var trial = await Catalog.SavePartiallyWith(orders, orders.With("description", "new"), DryRun);

        trial.ShouldTell();
        trial.Mutated("PARTIAL_UPDATE").ShouldBe([orders.Guid]);
    }

    [Fact]
    public async Task A_trial_does_not_use_up_its_key()
    {
        var key = new KeyValuePair<string, string>("Idempotency-Key", $"{Catalog.Scenario}-try");

        await Catalog.SaveWith(DryRun, [Table("orders")], key);

        (await Catalog.SaveWith("", [Table("bills")], key)).ShouldTell("CREATE bills");
    }
}
