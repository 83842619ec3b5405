using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Connections and collections have administrators; collections name what stands in them.</summary>
public sealed class AdministratorScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task Whoever_creates_a_connection_administers_it_and_sending_it_again_changes_nothing()
    {
        var lake = Connection("lake").With("adminUsers", List("ann"));

        var save = await Catalog.Save(lake);

        save.ShouldTell("CREATE lake");
        var users = save.Event("CREATE lake").After.GetProperty("attributes").GetProperty("adminUsers").EnumerateArray().Select(user => user.GetString()).ToList();
        users.Count.ShouldBe(2);
        users.ShouldContain("ann");
        (await Catalog.Save(lake)).ShouldChangeNothing();
        (await Catalog.Save(Connection("lake"))).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_connection_is_not_left_without_an_administrator()
    {
        var lake = await Catalog.Have(Connection("lake"));

        (await Catalog.Save(lake.With("adminUsers", List()).With("adminGroups", List()).With("adminRoles", null)))
            .ShouldBeRefused(400, "ATLAS-400-00-114", "Connection");
    }

    [Fact]
    public async Task Whoever_names_the_administrators_stays_one_of_them()
    {
        var lake = await Catalog.Have(Connection("lake").With("adminUsers", List("ann")));

        (await Catalog.Save(lake.With("adminUsers", List("bob")))).ShouldTell("UPDATE lake");

        (await Catalog.Get(lake)).GetProperty("attributes").GetProperty("adminUsers").EnumerateArray().Select(user => user.GetString()).ShouldNotContain("ann");
        (await Catalog.Save(lake.With("adminUsers", List("bob")))).ShouldChangeNothing();
    }

    [Fact]
    public async Task The_server_names_collections_and_what_stands_in_them()
    {
        var shared = await Catalog.Have(Catalog.Draft("Collection", "shared"));
        var folder = await Catalog.Have(Catalog.Draft("Folder", "folder").In("parent", shared));
        var query = await Catalog.Have(Catalog.Draft("Query", "query").In("parent", folder));

        (await NameOf(shared)).ShouldMatch("^default/collection/[^/]+/[A-Za-z0-9]{21}$");
        (await NameOf(folder)).ShouldStartWith($"{await NameOf(shared)}/folder/");
        (await NameOf(query)).ShouldStartWith($"{await NameOf(shared)}/query/");
        (await TextOf(query, "parentQualifiedName")).ShouldBe(await NameOf(folder));
        (await TextOf(query, "collectionQualifiedName")).ShouldBe(await NameOf(shared));
    }

    [Fact]
    public async Task What_stands_in_a_folder_moves_to_another_collection_with_it()
    {
        var (first, second) = (await Catalog.Have(Catalog.Draft("Collection", "first")), await Catalog.Have(Catalog.Draft("Collection", "second")));
        var folder = await Catalog.Have(Catalog.Draft("Folder", "folder").In("parent", first));
        var query = await Catalog.Have(Catalog.Draft("Query", "query").In("parent", folder));

        var save = await Catalog.Save(folder.In("parent", second));

        save.ShouldTell("UPDATE folder", "UPDATE first", "UPDATE second", "UPDATE query");
        save.Event("UPDATE query").ChangedAttributes.ShouldBe(["collectionQualifiedName", "parentQualifiedName", "qualifiedName"]);
        (await NameOf(query)).ShouldStartWith($"{await NameOf(second)}/query/");
    }

    [Theory]
    [InlineData("https://example.org/a?b=c", true)]
    [InlineData("mailto:ann@example.org", true)]
    [InlineData("orders", false)]
    [InlineData("javascript:alert(1)", false)]
    public async Task A_link_leads_to_a_web_address(string address, bool isOne)
    {
        var orders = await Catalog.Have(Table("orders"));
        var link = Catalog.Draft("Link", "link").With("link", address).In("asset", orders).ByGuid("-1");

        var save = await Catalog.Save(link);

        if (isOne)
        {
            save.ShouldTell("CREATE link", "UPDATE orders");
        }
        else
        {
            save.ShouldBeRefused(400, "ATLAS-400-00-028", address);
        }
    }

    [Fact]
    public async Task A_readme_belongs_to_its_asset_without_being_told_again()
    {
        var orders = await Catalog.Have(Table("orders"));
        var readme = await Catalog.Have(Catalog.Draft("Readme", "orders readme").With("description", "<p>All</p>").In("asset", orders));

        (await Catalog.Save(Catalog.Draft("Readme", "orders readme").With("description", "<p>All orders</p>"))).ShouldTell("UPDATE orders readme");
        (await Catalog.Ends(readme, "asset")).ShouldBe([orders.Guid]);
    }

    private AssetDraft Connection(string name) => Catalog.Draft("Connection", name);
}
