using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Atlas;
using Cartulary.Core.Tests.Query.Search.Dsl;

namespace Cartulary.Core.Tests.Query.Search.Atlas;

public sealed class AtlasSearchTests
{
    private static readonly SearchLimits Limits = new();

    [Theory]
    [InlineData("""{"attributeName":"certificateStatus","operator":"eq","attributeValue":"DRAFT"}""", "2")]
    [InlineData("""{"attributeName":"certificateStatus","operator":"!=","attributeValue":"DRAFT"}""", "1 3 4 5")]
    [InlineData("""{"attributeName":"rowCount","operator":">=","attributeValue":"10"}""", "1 2")]
    [InlineData("""{"attributeName":"rowCount","operator":"LT","attributeValue":10}""", "4")]
    [InlineData("""{"attributeName":"rowCount","operator":"in","attributeValue":"10, 20"}""", "1 2")]
    [InlineData("""{"attributeName":"name","operator":"like","attributeValue":"*ORDERS*"}""", "1 3")]
    [InlineData("""{"attributeName":"qualifiedName","operator":"startsWith","attributeValue":"shop/"}""", "1 2 3")]
    [InlineData("""{"attributeName":"qualifiedName","operator":"endsWith","attributeValue":"r*1"}""", "4")]
    [InlineData("""{"attributeName":"name","operator":"contains","attributeValue":"order"}""", "1 3 4")]
    [InlineData("""{"attributeName":"name","operator":"not_contains","attributeValue":"order"}""", "2 5")]
    [InlineData("""{"attributeName":"rowCount","operator":"isNull"}""", "3 5")]
    [InlineData("""{"attributeName":"rowCount","operator":"not_null","attributeValue":""}""", "1 2 4")]
    [InlineData("""{"attributeName":"sourceUpdatedAt","operator":"timerange","attributeValue":"LAST_7_DAYS"}""", "2")]
    [InlineData("""{"attributeName":"sourceUpdatedAt","operator":"timerange","attributeValue":"1767225600000,1767225600000"}""", "1")]
    [InlineData("""{"attributeName":"unheardOf","operator":"isNull"}""", "1 2 3 4 5")]
    [InlineData("""{"condition":"OR","criterion":[{"attributeName":"rowCount","operator":"eq","attributeValue":"10"},{"condition":"AND","criterion":[{"attributeName":"isPartitioned","operator":"eq","attributeValue":"false"},{"attributeName":"name","operator":"eq","attributeValue":"ORDER"}]}]}""", "1 4")]
    public void Conditions(string json, string found)
    {
        using var document = JsonDocument.Parse(json);
        var problems = new ProblemList();
        var filter = FilterReader.Read(document.RootElement, "entityFilters", Limits, problems);
        problems.Count.ShouldBe(0);

        Found(new BasicSearch { Filter = filter }).ShouldBe(found);
    }

    [Theory]
    [InlineData("orders", "1 3")]
    [InlineData("\"of 2025\"", "3")]
    [InlineData("Fact*", "1")]
    [InlineData("dim AND customers", "2")]
    [InlineData("rowCount:10", "1")]
    public void Words(string query, string found) => Found(new BasicSearch { Query = query }).ShouldBe(found);

    [Fact]
    public void Types_tags_and_states()
    {
        Found(new BasicSearch { TypeName = "Table,View", IncludesSubTypes = false }).ShouldBe("1 2 3");
        Found(new BasicSearch { Classification = "*" }).ShouldBe("1 5");
        Found(new BasicSearch { Classification = "P*" }).ShouldBe("1 5");
        Found(new BasicSearch { Classification = "_NOT_CLASSIFIED" }).ShouldBe("2 3 4");
        Found(new BasicSearch { ExcludesDeleted = true }).ShouldBe("1 2 4 5");
        Found(new BasicSearch { SortBy = "name", IsDescending = true, Limit = 2, Offset = 1 }).ShouldBe("4 5");
        Refused(new BasicSearch { TypeName = "Nope", Classification = "Nope", SortBy = "nope" }).ShouldBe(["ATLAS-400-00-00A", "ATLAS-404-00-008", "ATLAS-400-00-503"]);
    }

    [Theory]
    [InlineData("from Table", "")]
    [InlineData("Column where rowCount < 0", "")]
    [InlineData("PIIx", null)]
    public void A_query_begins_with_a_type(string text, string? found)
    {
        var problems = new ProblemList();
        var query = TypeQueryParser.Parse(text, "query", Limits, problems).ShouldNotBeNull();

        var request = TypeQueryPlanner.Plan(query, 10, 0, "query", DslDesk.Registry, Limits, DslDesk.Now, problems);

        (request is null ? null : DslDesk.Numbers(DslDesk.Index.Search(request))).ShouldBe(found);
    }

    [Fact]
    public void A_query_says_what_how_many_and_in_which_order()
    {
        var query = Parsed("""from Table where (Table.name like "*orders*" or rowCount >= 10) and not isPartitioned = true and has description isa PII select name, rowCount as rows orderby name desc limit 5 offset 2""");

        query.Source.ShouldBe("Table");
        query.Select.ShouldBe([new SelectedColumn("name", "name"), new SelectedColumn("rowCount", "rows")]);
        (query.OrderBy, query.IsDescending, query.Limit, query.Offset).ShouldBe(("name", true, 5, 2));
        var parts = query.Filter.ShouldBeOfType<AssetFilter.Join>().Parts;
        parts[1].ShouldBeOfType<AssetFilter.Tagged>().Name.ShouldBe("PII");
        var conditions = parts[0].ShouldBeOfType<AssetFilter.Join>().Parts;
        conditions[0].ShouldBeOfType<AssetFilter.Join>().IsAnd.ShouldBeFalse();
        conditions[1].ShouldBeOfType<AssetFilter.Not>().Inner.ShouldBeOfType<AssetFilter.Criterion>().Values.ShouldBe(["true"]);
        conditions[2].ShouldBeOfType<AssetFilter.Criterion>().Operator.ShouldBe(FilterOperator.NotNull);
    }

    [Theory]
    [InlineData("")]
    [InlineData("from")]
    [InlineData("Table where")]
    [InlineData("Table where name")]
    [InlineData("Table where name = ")]
    [InlineData("Table where (name = 'x'")]
    [InlineData("Table where name in ['a', ")]
    [InlineData("Table select count()")]
    [InlineData("Table groupby name")]
    [InlineData("Table limit many")]
    [InlineData("Table where name = 'x")]
    [InlineData("Table ; drop")]
    public void A_query_that_makes_no_sense_is_refused(string text)
    {
        var problems = new ProblemList();

        TypeQueryParser.Parse(text, "query", Limits, problems).ShouldBeNull();

        problems.ToImmutable().ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.UnsupportedQuery);
    }

    private static TypeQuery Parsed(string text)
    {
        var problems = new ProblemList();
        return TypeQueryParser.Parse(text, "query", Limits, problems).ShouldNotBeNull(string.Join("; ", problems.ToImmutable().Select(problem => problem.Message)));
    }

    private static string Found(BasicSearch search)
    {
        var problems = new ProblemList();
        var request = BasicSearchPlanner.Plan(search, DslDesk.Registry, Limits, DslDesk.Now, problems);
        return DslDesk.Numbers(DslDesk.Index.Search(request.ShouldNotBeNull(string.Join("; ", problems.ToImmutable().Select(problem => problem.Message)))));
    }

    private static ImmutableArray<string> Refused(BasicSearch search)
    {
        var problems = new ProblemList();
        BasicSearchPlanner.Plan(search, DslDesk.Registry, Limits, DslDesk.Now, problems).ShouldBeNull();
        return [.. problems.ToImmutable().Select(problem => problem.Code.Code)];
    }
}
