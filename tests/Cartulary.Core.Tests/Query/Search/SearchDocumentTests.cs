using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Core.Tests.Query.Search;

public sealed class SearchDocumentTests : IAsyncDisposable
{
    private readonly List<TestCatalog> _catalogs = [];

    [Fact]
    public async Task A_document_holds_what_an_asset_is_and_says()
    {
        var catalog = await CatalogAsync();
        await catalog.SaveAsync(
            """{"entities":[{"typeName":"Table","attributes":{"name":"Fact Orders","qualifiedName":"db/Fact Orders","columnCount":7,"ownerUsers":["jo","al"],"popularityScore":0.5},"labels":["hot"],"customAttributes":{"k":"v"}}]}""");

        var document = await DocumentAsync(catalog, "Table", "db/Fact Orders");

        Values(document, "__typeName").ShouldBe(["table"]);
        Values(document, "__superTypeNames").ShouldContain("asset");
        Values(document, "__state").ShouldBe(["ACTIVE"]);
        Values(document, "__createdBy").ShouldBe(["tester"]);
        Values(document, "__guid").ShouldBe([document.Guid.ToString()]);
        Values(document, "name").ShouldBe(["Fact Orders"]);
        Values(document, "name.keyword").ShouldBe(["fact orders"]);
        Values(document, "qualifiedName").ShouldBe(["db/Fact Orders"]);
        Values(document, "columnCount").ShouldBe(["7"]);
        Values(document, "ownerUsers").ShouldBe(["al", "jo"]);
        Values(document, "popularityScore").ShouldBe(["0.5"]);
        Values(document, "__labels").ShouldBe(["hot"]);
        Values(document, "__customAttributes").ShouldBe(["k v"]);
        Values(document, "__hasLineage").ShouldBe(["false"]);
        Values(document, "description").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_holds_the_names_of_terms_and_of_what_stands_above_a_term()
    {
        var catalog = await CatalogAsync();
        await catalog.SaveAsync(
            """
            {"entities":[
              {"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"G","qualifiedName":"g"}},
              {"typeName":"AtlasGlossaryCategory","guid":"-2","attributes":{"name":"C","qualifiedName":"c","anchor":{"typeName":"AtlasGlossary","guid":"-1"}}},
              {"typeName":"AtlasGlossaryTerm","guid":"-3","attributes":{"name":"Revenue","qualifiedName":"t","anchor":{"typeName":"AtlasGlossary","guid":"-1"},"categories":[{"typeName":"AtlasGlossaryCategory","guid":"-2"}]}},
              {"typeName":"Table","attributes":{"name":"T","qualifiedName":"T","meanings":[{"typeName":"AtlasGlossaryTerm","guid":"-3"}]}}]}
            """);
        var table = await DocumentAsync(catalog, "Table", "T");
        var term = await DocumentAsync(catalog, table.DependsOn.Single());

        Values(table, "__meanings").ShouldBe(Values(term, "qualifiedName"));
        Values(table, "__meaningsText").ShouldBe(["Revenue"]);
        Values(table, "__glossary").ShouldBeEmpty();
        var category = await DocumentAsync(catalog, term.DependsOn.Single());
        Values(term, "__categories").ShouldBe(Values(category, "qualifiedName"));
        Values(term, "__glossary").ShouldBe(Values(category, "__glossary"));
        Values(term, "__glossary").ShouldHaveSingleItem();

        await catalog.DeleteAsync(term.Guid);

        var without = await DocumentAsync(catalog, "Table", "T");
        Values(without, "__meanings").ShouldBeEmpty();
        without.DependsOn.ShouldBeEmpty();
        var archived = await DocumentAsync(catalog, term.Guid);
        Values(archived, "__state").ShouldBe(["DELETED"]);
        Values(archived, "__glossary").ShouldBe(Values(term, "__glossary"));
    }

    [Fact]
    public async Task A_document_holds_own_and_propagated_tags_apart()
    {
        var catalog = await CatalogAsync();
        await catalog.DefineAsync(TagModel.Types);
        await catalog.SaveAsync(
            """
            {"entities":[
              {"typeName":"Table","guid":"-1","attributes":{"name":"T","qualifiedName":"T"},"classifications":[{"typeName":"Pii","propagate":true,"attributes":{"level":3}}]},
              {"typeName":"Column","attributes":{"name":"C","qualifiedName":"C","order":1,"table":{"typeName":"Table","guid":"-1"}}}]}
            """);

        var table = await DocumentAsync(catalog, "Table", "T");
        Values(table, "__traitNames").ShouldBe(["Pii"]);
        Values(table, "__propagatedTraitNames").ShouldBeEmpty();
        Values(table, "__classificationsText").ShouldBe(["Pii level 3"]);
        var column = await DocumentAsync(catalog, "Column", "C");
        Values(column, "__traitNames").ShouldBeEmpty();
        Values(column, "__propagatedTraitNames").ShouldBe(["Pii"]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var catalog in _catalogs)
        {
            await catalog.DisposeAsync();
        }
    }

    private static IEnumerable<string> Values(SearchDocument document, string name) => document.Values(
        SearchFields.Of(TypeRegistryBuilder.Build(1, TypeInstaller.Plan([], BuiltInModel.Load(), "system", 0, Guid.NewGuid), CatalogSettings.Default)).Find(name)!);

    private static async Task<SearchDocument> DocumentAsync(TestCatalog catalog, string type, string qualifiedName) =>
        await DocumentAsync(catalog, await catalog.GuidOfAsync(type, qualifiedName));

    private static async Task<SearchDocument> DocumentAsync(TestCatalog catalog, Guid guid)
    {
        await using var session = await catalog.Store.ReadAsync(CancellationToken.None);
        var found = await session.FindByGuidAsync([guid], CancellationToken.None);
        var assets = await session.LoadAsync([found[guid]], CancellationToken.None);
        var registry = await catalog.Types.ForAsync(session, CancellationToken.None);
        return (await SearchDocumentReader.ReadAsync(session, registry, [.. assets.Values], CancellationToken.None)).Single();
    }

    private async Task<TestCatalog> CatalogAsync()
    {
        var catalog = await TestCatalog.CreateAsync();
        _catalogs.Add(catalog);
        return catalog;
    }
}
