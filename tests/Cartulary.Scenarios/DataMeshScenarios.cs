using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Data domains and data products.</summary>
public sealed class DataMeshScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task The_server_names_domains_by_their_path()
    {
        var sales = await Catalog.Have(Domain("sales"));
        var europe = await Catalog.Have(Domain("europe").In("parentDomain", sales));
        var orders = await Catalog.Have(Product("orders").In("dataDomain", europe));

        var (root, child, product) = (await NameOf(sales), await NameOf(europe), await NameOf(orders));

        root.ShouldMatch("^default/domain/[A-Za-z0-9]{21}/super$");
        child.ShouldMatch($"^{root}/domain/[A-Za-z0-9]{{21}}$");
        product.ShouldMatch($"^{child}/product/[A-Za-z0-9]{{21}}$");
        (await TextOf(sales, "parentDomainQualifiedName")).ShouldBeNull();
        (await TextOf(europe, "parentDomainQualifiedName")).ShouldBe(root);
        (await TextOf(orders, "parentDomainQualifiedName")).ShouldBe(child);
        (await TextOf(orders, "superDomainQualifiedName")).ShouldBe(root);
    }

    [Fact]
    public async Task A_mesh_made_in_one_request_is_named_from_the_top_whatever_its_order()
    {
        var save = await Catalog.Save(
            Product("orders").Relating("dataDomain", Local("-2")).ByGuid("-1"), Domain("europe").Relating("parentDomain", Local("-3")).ByGuid("-2"), Domain("sales").ByGuid("-3"));

        save.ShouldTell("CREATE orders", "CREATE europe", "CREATE sales");
        save.Event("CREATE orders").AfterOf("qualifiedName").ShouldStartWith(save.Event("CREATE europe").AfterOf("qualifiedName")[..^1]);
        save.Event("CREATE europe").AfterOf("qualifiedName").ShouldStartWith(save.Event("CREATE sales").AfterOf("qualifiedName")[..^1]);
    }

    [Fact]
    public async Task A_moved_domain_takes_along_the_names_of_all_that_stand_below_it()
    {
        var (sales, group) = (await Catalog.Have(Domain("sales")), await Catalog.Have(Domain("group")));
        var europe = await Catalog.Have(Domain("europe").In("parentDomain", sales));
        var orders = await Catalog.Have(Product("orders").In("dataDomain", europe));

        var save = await Catalog.Save(sales.In("parentDomain", group));

        save.ShouldTell("UPDATE sales", "UPDATE group", "UPDATE europe", "UPDATE orders");
        save.Event("UPDATE orders").ChangedAttributes.ShouldBe(["parentDomainQualifiedName", "qualifiedName", "superDomainQualifiedName"]);
        save.Event("UPDATE orders").Message.GetProperty("cause").GetProperty("guid").GetString().ShouldBe(europe.Guid);
        (await NameOf(sales)).ShouldStartWith($"{await NameOf(group)}/domain/");
        (await NameOf(orders)).ShouldStartWith($"{await NameOf(europe)}/product/");
        (await TextOf(orders, "superDomainQualifiedName")).ShouldBe(await NameOf(group));
        (await Catalog.Save(sales.In("parentDomain", group))).ShouldChangeNothing();
        (await Catalog.Save(sales.Relating("parentDomain", null))).ShouldTell("UPDATE sales", "UPDATE group", "UPDATE europe", "UPDATE orders");
        (await NameOf(sales)).ShouldEndWith("/super");
    }

    [Fact]
    public async Task A_name_is_taken_among_the_domains_beside_it_only()
    {
        var sales = await Catalog.Have(Domain("sales"));
        await Catalog.Have(Product("orders").In("dataDomain", sales));

        (await Catalog.Save(Domain("sales").ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-409-00-016", "sales");
        (await Catalog.Save(Product("orders").In("dataDomain", sales).ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-409-00-016", "orders");
        (await Catalog.Save(Domain("sales").In("parentDomain", sales).ByGuid("-1"))).ShouldTell("CREATE sales", "UPDATE sales");
    }

    [Fact]
    public async Task A_product_needs_a_domain()
    {
        var orders = await Catalog.Have(Product("orders").In("dataDomain", await Catalog.Have(Domain("sales"))));

        (await Catalog.Save(Product("loose").ByGuid("-1"))).ShouldBeRefused(404, "ATLAS-404-00-007", "dataDomain");
        (await Catalog.Save(orders.Relating("dataDomain", null))).ShouldBeRefused(404, "ATLAS-404-00-007", "dataDomain");
    }

    [Fact]
    public async Task A_domain_stays_as_long_as_something_in_it_is_in_use()
    {
        var sales = await Catalog.Have(Domain("sales"));
        var orders = await Catalog.Have(Product("orders").In("dataDomain", sales));

        (await Catalog.Delete(sales)).ShouldBeRefused(409, "ATLAS-409-00-015", "dataProducts");
        (await Catalog.Delete(orders)).ShouldTell("UPDATE sales", "DELETE orders");
        (await Catalog.Delete(sales)).ShouldTell("DELETE sales");
    }

    [Fact]
    public async Task What_is_archived_comes_back_only_into_a_domain_in_use()
    {
        var sales = await Catalog.Have(Domain("sales"));
        var orders = await Catalog.Have(Product("orders").In("dataDomain", sales));
        await Catalog.Delete(orders, sales);

        (await Catalog.Save(orders.Restored())).ShouldBeRefused(409, "ATLAS-409-00-015", "dataDomain");
        (await Catalog.Save(Product("late").In("dataDomain", sales).ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-409-00-015", "dataDomain");
        (await Catalog.Save(sales.Restored(), orders.Restored())).ShouldTell("UPDATE sales", "UPDATE orders");
    }

    [Fact]
    public async Task An_archived_product_does_not_change()
    {
        var orders = await Catalog.Have(Product("orders").In("dataDomain", await Catalog.Have(Domain("sales"))));
        await Catalog.Delete(orders);

        (await Catalog.Save(orders)).ShouldChangeNothing();
        (await Catalog.Save(orders.With("description", "Late"))).ShouldBeRefused(409, "ATLAS-409-00-015", "archived");
        (await Catalog.Save(orders.Restored().With("description", "Back"))).ShouldTell("UPDATE orders", "UPDATE sales");
    }

    [Fact]
    public async Task The_server_lists_the_assets_in_use_at_the_ports_of_a_product()
    {
        var orders = await Catalog.Have(Product("orders").In("dataDomain", await Catalog.Have(Domain("sales"))));
        var (table, raw) = (await Catalog.Have(Table("orders table")), await Catalog.Have(Table("raw")));

        var save = await Catalog.Save(orders.Linked("outputPorts", table).With("daapOutputPortGuids", List("nonsense")));

        save.ShouldTell("UPDATE orders", "UPDATE orders table");
        save.Event("UPDATE orders").AfterOf("daapOutputPortGuids").ShouldBe($"[\"{table.Guid}\"]");
        (await Catalog.Save(raw.Appending("inputPortDataProducts", orders))).Event("UPDATE orders").AfterOf("daapInputPortGuids").ShouldBe($"[\"{raw.Guid}\"]");
        (await Catalog.Delete(table)).Event("UPDATE orders").AfterOf("daapOutputPortGuids").ShouldBe("null");
        (await Catalog.Save(table.Restored())).Event("UPDATE orders").AfterOf("daapOutputPortGuids").ShouldBe($"[\"{table.Guid}\"]");
    }

    [Fact]
    public async Task What_stands_in_a_domain_is_said_of_itself()
    {
        var (sales, other) = (await Catalog.Have(Domain("sales")), await Catalog.Have(Domain("other")));
        var orders = await Catalog.Have(Product("orders").In("dataDomain", sales));

        (await Catalog.Save(other.Linked("dataProducts", orders))).ShouldBeRefused(400, "ATLAS-400-00-029", "dataProducts");
        (await Catalog.Save(sales.Linked("dataProducts", orders))).ShouldChangeNothing();
        (await Catalog.Save(sales.Linked("subDomains", other))).ShouldBeRefused(400, "ATLAS-400-00-029", "subDomains");
    }

    [Fact]
    public async Task A_domain_does_not_stand_above_itself()
    {
        var sales = await Catalog.Have(Domain("sales"));
        var europe = await Catalog.Have(Domain("europe").In("parentDomain", sales));

        (await Catalog.Save(sales.In("parentDomain", europe))).ShouldBeRefused(400, "ATLAS-400-00-029", "above itself");
    }

    [Fact]
    public async Task An_asset_belongs_to_one_domain_in_use_at_most()
    {
        var (sales, other) = (await Catalog.Have(Domain("sales")), await Catalog.Have(Domain("other")));
        var orders = await Catalog.Have(Table("orders").With("domainGUIDs", List(sales.Guid)));

        (await Catalog.Save(orders.With("domainGUIDs", List(sales.Guid, other.Guid)))).ShouldBeRefused(400, "ATLAS-400-00-029", "one domain");
        (await Catalog.Save(orders.With("domainGUIDs", List(orders.Guid)))).ShouldBeRefused(400, "ATLAS-400-00-029", orders.Guid);
        await Catalog.Delete(other);
        (await Catalog.Save(orders.With("domainGUIDs", List(other.Guid)))).ShouldBeRefused(400, "ATLAS-400-00-029", other.Guid);
        (await Catalog.Save(orders.With("domainGUIDs", List()))).ShouldTell("UPDATE orders");
    }

    private static System.Text.Json.Nodes.JsonObject Local(string guid) => new() { ["typeName"] = "DataDomain", ["guid"] = guid };
}
