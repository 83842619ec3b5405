using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Categories: levels of a glossary that group terms.</summary>
public sealed class CategoryScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_new_category_tells_its_glossary_and_the_category_above_it()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var money = await Catalog.Have(Category("money").In("anchor", glossary));

        var save = await Catalog.Save(Category("income").In("anchor", glossary).In("parentCategory", money).ByGuid("-1"));

        save.ShouldTell("CREATE income", "UPDATE finance", "UPDATE money");
        save.Event("UPDATE finance").Added("categories").ShouldBe([save.GuidOf("-1")]);
        save.Event("UPDATE money").Added("childrenCategories").ShouldBe([save.GuidOf("-1")]);
        (await NameOf(money)).ShouldEndWith($"@{await NameOf(glossary)}");
    }

    [Fact]
    public async Task What_stands_in_a_category_can_be_saved_again()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var money = await Catalog.Have(Category("money").In("anchor", glossary));
        var income = await Catalog.Have(Category("income").In("anchor", glossary).In("parentCategory", money));
        var revenue = await Catalog.Have(Term("revenue").In("anchor", glossary).Linked("categories", money, income));

        (await Catalog.Save(income)).ShouldChangeNothing();
        (await Catalog.Save(revenue)).ShouldChangeNothing();
        (await Catalog.Save(income.With("description", "new"), revenue.With("description", "new"))).ShouldTell("UPDATE income", "UPDATE revenue");
        (await Catalog.Save(money.Appending("terms", revenue).Appending("childrenCategories", income))).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_second_category_of_a_name_on_a_level_is_refused()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var money = await Catalog.Have(Category("money").In("anchor", glossary));
        await Catalog.Have(Category("income").In("anchor", glossary).In("parentCategory", money));

        (await Catalog.Save(Category("money").In("anchor", glossary).ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-409-00-00A", "money");
        (await Catalog.Save(Category("income").In("anchor", glossary).In("parentCategory", money).ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-409-00-00A", "income");
    }

    [Fact]
    public async Task A_name_may_be_used_again_on_another_level()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var money = await Catalog.Have(Category("money").In("anchor", glossary));

        var save = await Catalog.Save(Category("money").In("anchor", glossary).In("parentCategory", money).ByGuid("-1"));

        save.Events[0].Line.ShouldBe("CREATE money");
        save.Events.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_category_that_moves_to_a_level_where_its_name_is_taken_is_refused()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var money = await Catalog.Have(Category("money").In("anchor", glossary));
        await Catalog.Have(Category("income").In("anchor", glossary).In("parentCategory", money));
        var other = await Catalog.Have(Category("income").In("anchor", glossary));

        (await Catalog.Save(other.In("parentCategory", money))).ShouldBeRefused(409, "ATLAS-409-00-00A", "income");
    }

    [Fact]
    public async Task A_category_cannot_stand_below_one_of_another_glossary()
    {
        var (glossary, sales) = (await Catalog.Have(Glossary("finance")), await Catalog.Have(Glossary("sales")));
        var money = await Catalog.Have(Category("money").In("anchor", sales));

        (await Catalog.Save(Category("income").In("anchor", glossary).In("parentCategory", money).ByGuid("-1"))).ShouldBeRefused(409, "ATLAS-400-00-0015", money.Guid);
    }

    [Fact]
    public async Task A_term_cannot_stand_in_a_category_of_another_glossary()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var money = await Catalog.Have(Category("money").In("anchor", await Catalog.Have(Glossary("sales"))));

        (await Catalog.Save(revenue.Linked("categories", money))).ShouldBeRefused(400, "ATLAS-400-00-029", money.Guid);
        (await Catalog.Save(money.Appending("terms", revenue))).ShouldBeRefused(400, "ATLAS-400-00-029", money.Guid);
    }

    [Theory]
    [InlineData("top", "below")]
    [InlineData("top", "top")]
    public async Task A_category_cannot_stand_above_itself(string moved, string under)
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var top = await Catalog.Have(Category("top").In("anchor", glossary));
        var middle = await Catalog.Have(Category("middle").In("anchor", glossary).In("parentCategory", top));
        var below = await Catalog.Have(Category("below").In("anchor", glossary).In("parentCategory", middle));
        AssetDraft Of(string name) => name == "top" ? top : below;

        var save = await Catalog.Save(Of(moved).In("parentCategory", Of(under)));

        save.Status.ShouldBeOneOf(400, 409);
        save.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_category_that_changes_its_level_tells_all_three()
    {
        var glossary = await Catalog.Have(Glossary("finance"));
        var (old, young) = (await Catalog.Have(Category("old").In("anchor", glossary)), await Catalog.Have(Category("young").In("anchor", glossary)));
        var income = await Catalog.Have(Category("income").In("anchor", glossary).In("parentCategory", old));

        var save = await Catalog.Save(income.In("parentCategory", young));

        save.ShouldTell("UPDATE income", "UPDATE old", "UPDATE young");
        save.Event("UPDATE old").Removed("childrenCategories").ShouldBe([income.Guid]);
        save.Event("UPDATE young").Added("childrenCategories").ShouldBe([income.Guid]);
        save.Event("UPDATE income").ChangedAttributes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_category_is_lost_by_its_terms_and_by_the_categories_below_it_each_told_once()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var money = await Catalog.Have(Category("money").In("anchor", glossary));
        var income = await Catalog.Have(Category("income").In("anchor", glossary).In("parentCategory", money));
        await Catalog.Save(revenue.Linked("categories", money));

        var delete = await Catalog.Delete(money);

        delete.ShouldTell("UPDATE revenue", "UPDATE income", "UPDATE glossary", "DELETE money");
        delete.Event("UPDATE revenue").Removed("categories").ShouldBe([money.Guid]);
        delete.Event("UPDATE income").Removed("parentCategory").ShouldBe([money.Guid]);
        (await Catalog.Get(income)).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task A_deleted_glossary_takes_its_terms_and_categories_along()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var money = await Catalog.Have(Category("money").In("anchor", glossary).Linked("terms", revenue));
        var orders = await Catalog.Have(Table("orders").Linked("meanings", revenue));

        var delete = await Catalog.Delete(glossary);

        delete.ShouldTell("UPDATE orders", "DELETE revenue", "DELETE money", "DELETE glossary");
        delete.Events[^1].Line.ShouldBe("DELETE glossary", "parts come before what owns them");
        delete.Event("UPDATE orders").Removed("meanings").ShouldBe([revenue.Guid]);
        (await Catalog.Ends(orders, "meanings")).ShouldBe([revenue.Guid], "the suspended edge is still read, marked as such");
        (await Catalog.Save(glossary.Restored())).ShouldTell("UPDATE glossary", "UPDATE revenue", "UPDATE money", "UPDATE orders");
    }
}
