using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What belongs to a glossary can move to another one, with all that stands below it.</summary>
public sealed class GlossaryMoveScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_category_moves_with_all_that_stands_below_it_each_told_once()
    {
        var (finance, sales) = (await Catalog.Have(Glossary("finance")), await Catalog.Have(Glossary("sales")));
        var money = await Catalog.Have(Category("money").In("anchor", finance));
        var income = await Catalog.Have(Category("income").In("anchor", finance).In("parentCategory", money));
        var revenue = await Catalog.Have(Term("revenue").In("anchor", finance).Linked("categories", income));
        var own = (await NameOf(revenue)).Split('@')[0];

        var save = await Catalog.Save(money.In("anchor", sales));

        save.ShouldTell("UPDATE money", "UPDATE income", "UPDATE revenue", "UPDATE finance", "UPDATE sales");
        save.Event("UPDATE income").ChangedAttributes.ShouldBe(["qualifiedName"]);
        save.Event("UPDATE income").Added("parentCategory").ShouldBeEmpty();
        save.Event("UPDATE revenue").Added("anchor").ShouldBe([sales.Guid]);
        save.Event("UPDATE revenue").Removed("anchor").ShouldBe([finance.Guid]);
        save.Event("UPDATE revenue").Message.GetProperty("cause").GetProperty("guid").GetString().ShouldBe(income.Guid);
        save.Event("UPDATE finance").Removed("terms").ShouldBe([revenue.Guid]);
        save.Event("UPDATE sales").Added("categories").ShouldBe([money.Guid, income.Guid], ignoreOrder: true);
        (await NameOf(revenue)).ShouldBe($"{own}@{await NameOf(sales)}");
        (await Catalog.Ends(revenue, "categories")).ShouldBe([income.Guid]);
    }

    [Fact]
    public async Task The_same_move_sent_again_changes_nothing()
    {
        var (finance, sales) = (await Catalog.Have(Glossary("finance")), await Catalog.Have(Glossary("sales")));
        var money = await Catalog.Have(Category("money").In("anchor", finance));
        await Catalog.Have(Term("revenue").In("anchor", finance).Linked("categories", money));
        await Catalog.Save(money.In("anchor", sales));

        (await Catalog.Save(money.In("anchor", sales))).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_category_that_moves_alone_leaves_the_one_above_it()
    {
        var (finance, sales) = (await Catalog.Have(Glossary("finance")), await Catalog.Have(Glossary("sales")));
        var money = await Catalog.Have(Category("money").In("anchor", finance));
        var income = await Catalog.Have(Category("income").In("anchor", finance).In("parentCategory", money));

        var save = await Catalog.Save(income.Known(income.Guid).In("anchor", sales).Without("relationshipAttributes").Relating("anchor", sales.GuidReference));

        save.ShouldTell("UPDATE income", "UPDATE money", "UPDATE finance", "UPDATE sales");
        save.Event("UPDATE money").Removed("childrenCategories").ShouldBe([income.Guid]);
    }

    [Fact]
    public async Task A_term_that_moves_leaves_the_categories_that_stay()
    {
        var (finance, sales) = (await Catalog.Have(Glossary("finance")), await Catalog.Have(Glossary("sales")));
        var money = await Catalog.Have(Category("money").In("anchor", finance));
        var revenue = await Catalog.Have(Term("revenue").In("anchor", finance));
        await Catalog.Save(money.Appending("terms", revenue));

        var save = await Catalog.Save(revenue.In("anchor", sales));

        save.ShouldTell("UPDATE revenue", "UPDATE money", "UPDATE finance", "UPDATE sales");
        save.Event("UPDATE money").Removed("terms").ShouldBe([revenue.Guid]);
    }

    [Fact]
    public async Task A_move_that_wants_to_keep_a_category_of_the_old_glossary_is_refused()
    {
        var (finance, sales) = (await Catalog.Have(Glossary("finance")), await Catalog.Have(Glossary("sales")));
        var money = await Catalog.Have(Category("money").In("anchor", finance));
        var income = await Catalog.Have(Category("income").In("anchor", finance).In("parentCategory", money));

        (await Catalog.Save(income.In("anchor", sales).In("parentCategory", money))).ShouldBeRefused(409, "ATLAS-400-00-0015");
    }

    [Fact]
    public async Task A_move_that_says_what_stands_below_is_refused()
    {
        var (finance, sales) = (await Catalog.Have(Glossary("finance")), await Catalog.Have(Glossary("sales")));
        var money = await Catalog.Have(Category("money").In("anchor", finance));
        var revenue = await Catalog.Have(Term("revenue").In("anchor", finance).Linked("categories", money));

        (await Catalog.Save(money.In("anchor", sales).Linked("terms", revenue))).ShouldBeRefused(400, "ATLAS-400-00-029", "terms");
    }

    [Fact]
    public async Task A_move_into_an_archived_glossary_is_refused()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var sales = await Catalog.Have(Glossary("sales"));
        await Catalog.Delete(sales);

        (await Catalog.Save(revenue.In("anchor", sales))).ShouldBeRefused(409, "ATLAS-400-00-0010", sales.Guid);
    }

    [Fact]
    public async Task A_move_to_where_a_term_of_the_name_is_refuses_all_of_it()
    {
        var (finance, sales) = (await Catalog.Have(Glossary("finance")), await Catalog.Have(Glossary("sales")));
        var money = await Catalog.Have(Category("money").In("anchor", finance));
        await Catalog.Have(Term("revenue").In("anchor", finance).Linked("categories", money));
        await Catalog.Have(Term("revenue").In("anchor", sales));

        (await Catalog.Save(money.In("anchor", sales))).ShouldBeRefused(409, "ATLAS-409-00-009", "revenue");
        (await Catalog.Ends(money, "anchor")).ShouldBe([finance.Guid]);
    }

    [Fact]
    public async Task A_glossary_can_take_a_term_from_another_one()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var sales = await Catalog.Have(Glossary("sales"));

        var save = await Catalog.Save(sales.Appending("terms", revenue));

        save.ShouldTell("UPDATE sales", "UPDATE revenue", "UPDATE glossary");
        (await NameOf(revenue)).ShouldEndWith($"@{await NameOf(sales)}");
    }
}
