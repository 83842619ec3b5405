using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Attributes that follow from others: who certified an asset, and when.</summary>
public sealed class AutoUpdateScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_certificate_brings_who_gave_it_and_when()
    {
        var orders = await Catalog.Have(Table("orders"));

        var told = (await Catalog.Save(orders.With("certificateStatus", "VERIFIED"))).Event("UPDATE orders");

        told.ChangedAttributes.ShouldBe(["certificateStatus", "certificateUpdatedAt", "certificateUpdatedBy"]);
        told.AfterOf("certificateUpdatedAt").ShouldBe(told.Message.GetProperty("eventTime").GetRawText());
        told.AfterOf("certificateUpdatedBy").ShouldBe(told.Entity.GetProperty("updatedBy").GetRawText());
    }

    [Fact]
    public async Task A_certificate_given_at_creation_brings_them_too()
    {
        var told = (await Catalog.Save(Table("orders").With("certificateStatus", "DRAFT"))).Event("CREATE orders");

        told.AfterOf("certificateUpdatedAt").ShouldBe(told.Message.GetProperty("eventTime").GetRawText());
    }

    [Fact]
    public async Task The_same_certificate_again_changes_nothing()
    {
        var orders = await Catalog.Have(Table("orders").With("certificateStatus", "VERIFIED"));

        (await Catalog.Save(orders)).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_certificate_sent_back_with_what_it_brought_changes_nothing()
    {
        var orders = await Certified();

        (await Catalog.Save(await WithStoredCompanions(orders))).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_changed_certificate_beside_old_companions_brings_new_ones()
    {
        var orders = await WithStoredCompanions(await Certified());

        var told = (await Catalog.Save(orders.With("certificateStatus", "DEPRECATED"))).Event("UPDATE orders");

        told.AfterOf("certificateUpdatedAt").ShouldBe(told.Message.GetProperty("eventTime").GetRawText());
    }

    [Fact]
    public async Task Another_companion_given_with_a_certificate_is_kept()
    {
        var orders = await Catalog.Have(Table("orders"));

        var told = (await Catalog.Save(orders.With("certificateStatus", "VERIFIED").With("certificateUpdatedBy", "ada"))).Event("UPDATE orders");

        told.AfterOf("certificateUpdatedBy").ShouldBe("\"ada\"");
    }

    [Fact]
    public async Task Clearing_a_certificate_leaves_what_it_brought()
    {
        var orders = await Certified();

        (await Catalog.Save(orders.With("certificateStatus", null))).Event("UPDATE orders").ChangedAttributes.ShouldBe(["certificateStatus"]);
    }

    [Fact]
    public async Task Null_for_a_companion_says_nothing()
    {
        var orders = await Certified();

        (await Catalog.Save(orders.With("certificateUpdatedBy", null).With("certificateUpdatedAt", null))).ShouldChangeNothing();
    }

    [Fact]
    public async Task Two_sources_of_one_companion_bring_it_once()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(orders.With("certificateStatus", "VERIFIED").With("certificateStatusMessage", "Checked"));

        save.Event("UPDATE orders").ChangedAttributes.ShouldBe(
            ["certificateStatus", "certificateStatusMessage", "certificateUpdatedAt", "certificateUpdatedBy"]);
    }

    [Fact]
    public async Task An_announcement_brings_its_own_companions()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(orders.With("announcementTitle", "Moving").With("announcementType", "information"));

        save.Event("UPDATE orders").ChangedAttributes.ShouldBe(
            ["announcementTitle", "announcementType", "announcementUpdatedAt", "announcementUpdatedBy"]);
    }

    private Task<AssetDraft> Certified() => Catalog.Have(Table("orders").With("certificateStatus", "VERIFIED"));

    private async Task<AssetDraft> WithStoredCompanions(AssetDraft orders)
    {
        var stored = (await Catalog.Get(orders)).GetProperty("attributes");
        return orders.With("certificateUpdatedBy", stored.GetProperty("certificateUpdatedBy").GetString())
            .With("certificateUpdatedAt", stored.GetProperty("certificateUpdatedAt").GetInt64());
    }
}
