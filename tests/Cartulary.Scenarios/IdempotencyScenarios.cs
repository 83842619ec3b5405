using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>A request that is sent twice with one key is saved once, and answered twice with the same.</summary>
public sealed class IdempotencyScenarios(CatalogServer server) : Scenario(server)
{
    private KeyValuePair<string, string> Key => new("Idempotency-Key", $"\"{Catalog.Scenario}\"");

    private KeyValuePair<string, string> RequestId => new("X-Atlan-Request-Id", Catalog.Scenario);

    [Fact]
    public async Task A_retried_creation_of_a_term_gets_the_first_answer()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        AssetDraft[] term = [Term("revenue").In("anchor", glossary).ByGuid("-1")];

        var first = await Catalog.SaveWith("receipts=true", term, Key);
        var second = await Catalog.SaveWith("receipts=true", term, Key);

        first.ShouldTell("CREATE revenue", "UPDATE finance");
        first.Header("Idempotent-Replayed").ShouldBeNull();
        second.ShouldTell();
        second.Header("Idempotent-Replayed").ShouldBe("true");
        second.Body.GetRawText().ShouldBe(first.Body.GetRawText());
    }

    [Fact]
    public async Task Every_kind_of_call_is_replayed_to_the_letter()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        AssetDraft[] mixed = [orders, id.With("dataType", "TEXT").With("nothing", 1), Column("total").In("table", orders).ByGuid("-2").Set("createdBy", "me"), Table("bills")];

        await ShouldRepeat(header => Catalog.SaveWith("receipts=true", mixed, header), "mixed");
        await ShouldRepeat(header => Catalog.SaveWith("", [orders.With("description", "x").ByGuid("-9")], header), "bulk");
        await ShouldRepeat(header => Catalog.SaveSingleWith(orders.With("description", "y"), header), "single");
        await ShouldRepeat(header => Catalog.SavePartiallyWith(orders, orders.With("description", "z"), "receipts=true", header), "partial");
        await ShouldRepeat(header => Catalog.DeleteWith(orders, "receipts=true", header), "delete");
    }

    [Fact]
    public async Task What_happened_since_does_not_show_in_the_answer_that_is_given_again()
    {
        AssetDraft[] orders = [Table("orders").With("description", "first").ByGuid("-1")];
        var first = await Catalog.SaveWith("", orders, Key);
        await Catalog.Save(Table("orders").With("description", "later"));

        var second = await Catalog.SaveWith("", orders, Key);

        second.ShouldTell();
        second.Body.GetRawText().ShouldBe(first.Body.GetRawText());
    }

    [Fact]
    public async Task A_key_that_is_used_for_another_request_is_refused()
    {
        await Catalog.SaveWith("", [Table("orders")], Key);

        (await Catalog.SaveWith("", [Table("bills")], Key)).ShouldBeRefused(422, "CARTULARY-422-00-001");
        (await Catalog.SaveWith("receipts=true", [Table("orders")], Key)).ShouldBeRefused(422, "CARTULARY-422-00-001");
    }

    [Fact]
    public async Task The_id_that_clients_give_to_requests_serves_as_a_key_and_may_be_used_again()
    {
        (await Catalog.SaveWith("", [Table("orders").ByGuid("-1")], RequestId)).ShouldTell("CREATE orders");
        (await Catalog.SaveWith("", [Table("orders").ByGuid("-1")], RequestId)).Header("Idempotent-Replayed").ShouldBe("true");

        var another = await Catalog.SaveWith("", [Table("bills")], RequestId);

        another.ShouldTell("CREATE bills");
        another.Header("Idempotent-Replayed").ShouldBeNull();
    }

    [Fact]
    public async Task The_key_wins_over_the_id_of_the_request()
    {
        await Catalog.SaveWith("", [Table("orders")], Key, RequestId);

        (await Catalog.SaveWith("", [Table("bills")], RequestId)).ShouldTell("CREATE bills");
    }

    [Fact]
    public async Task A_refused_request_and_one_that_changed_nothing_leave_their_key_free()
    {
        (await Catalog.SaveWith("", [Column("c").In("table", Table("orders"))], Key)).ShouldBeRefused(404, "ATLAS-404-00-00A");
        var orders = await Catalog.Have(Table("orders"));
        (await Catalog.SaveWith("", [orders], Key)).ShouldChangeNothing();

        (await Catalog.SaveWith("", [Column("c").In("table", orders)], Key)).ShouldTell("CREATE c", "UPDATE orders");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("two words")]
    public async Task What_is_no_key_is_a_mistake(string key)
    {
        var save = await Catalog.SaveWith("", [Table("orders")], new KeyValuePair<string, string>("Idempotency-Key", key));

        save.ShouldBeRefused(400, "ATLAS-400-00-029");
    }

    [Fact]
    public async Task A_quoted_key_is_the_same_as_a_bare_one()
    {
        await Catalog.SaveWith("", [Table("orders")], Key);

        var again = await Catalog.SaveWith("", [Table("orders")], new KeyValuePair<string, string>("Idempotency-Key", Catalog.Scenario));

        again.Header("Idempotent-Replayed").ShouldBe("true");
    }

    [Fact]
    public async Task Twenty_sends_at_once_are_one_save()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        AssetDraft[] term = [Term("revenue").In("anchor", glossary).ByGuid("-1")];

        var sends = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Catalog.SaveWith("receipts=true", term, Key)));

        sends.ShouldAllBe(send => send.Status == 200);
        sends.Select(send => send.Body.GetRawText()).Distinct().ShouldHaveSingleItem();
        sends.Count(send => send.Header("Idempotent-Replayed") is null).ShouldBe(1);
        sends.SelectMany(send => send.Events).Count().ShouldBe(2);
        (await Catalog.Get(glossary)).GetProperty("version").GetInt64().ShouldBe(2);
    }

    /// <summary>The second send tells nothing and answers the same bytes.</summary>
    private async Task ShouldRepeat(Func<KeyValuePair<string, string>, Task<Outcome>> send, string name)
    {
        var key = new KeyValuePair<string, string>("Idempotency-Key", $"{Catalog.Scenario}-{name}");
        var first = await send(key);
        var second = await send(key);

        first.ShouldSucceed();
        first.Events.ShouldNotBeEmpty(name);
        second.ShouldTell();
        second.Header("Idempotent-Replayed").ShouldBe("true", name);
        second.Body.GetRawText().ShouldBe(first.Body.GetRawText(), name);
    }
}
