using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Search.Tests;

/// <summary>Histories of saves, renamed terms, archived, restored and purged assets, with the index closed and opened in between.</summary>
public sealed class FollowingProperties
{
    private static readonly string[] Names = ["Orders", "Fact Orders", "Customers"];
    private static readonly string[] Tables = ["a", "b", "c", "d"];

    [Fact]
    public async Task After_any_history_the_index_holds_what_the_catalog_holds() =>
        await Gen.UInt.Array[0, 80].SampleAsync(async rolls => await RunAsync(new Dice(rolls)), iter: 25, threads: 1);

    private static async Task RunAsync(Dice dice)
    {
        var folder = TestIndex.NewFolder();
        await using var catalog = await TestCatalog.CreateAsync();
        var terms = await MakeTermsAsync(catalog);
        var index = TestIndex.Open(catalog, folder);
        try
        {
            for (var step = dice.Between(1, 12); step > 0; step--)
            {
                await ActAsync(catalog, dice, terms);
                switch (dice.Below(4))
                {
                    case 0:
                        await index.DisposeAsync();
                        index = TestIndex.Open(catalog, folder);
                        break;
                    case 1:
                        await CheckAsync(catalog, index);
                        break;
                }
            }

            await CheckAsync(catalog, index);
        }
        finally
        {
            await index.DisposeAsync();
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    private static async Task<List<Guid>> MakeTermsAsync(TestCatalog catalog)
    {
        await catalog.SaveAsync(
            """
            {"entities":[
              {"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"G","qualifiedName":"g"}},
              {"typeName":"AtlasGlossaryTerm","guid":"-2","attributes":{"name":"One","qualifiedName":"t","anchor":{"typeName":"AtlasGlossary","guid":"-1"}}},
              {"typeName":"AtlasGlossaryTerm","guid":"-3","attributes":{"name":"Two","qualifiedName":"t","anchor":{"typeName":"AtlasGlossary","guid":"-1"}}}]}
            """);
        return [.. (await DocumentsAsync(catalog)).Where(document => document.Values(new SearchField("name", SearchFieldKind.Text))[0] is "One" or "Two").Select(document => document.Guid)];
    }

    private static async Task ActAsync(TestCatalog catalog, Dice dice, List<Guid> terms)
    {
        var table = new AssetSelector.ByUniqueAttribute("Table", "qualifiedName", dice.Pick(Tables));
        switch (dice.Below(7))
        {
            case 0 or 1 or 2:
                var meanings = string.Join(',', dice.Some(terms).Select(term => $$"""{"typeName":"AtlasGlossaryTerm","guid":"{{term}}"}"""));
                await catalog.TrySaveAsync(
                    $$$"""{"entities":[{"typeName":"Table","attributes":{"name":"{{{dice.Pick(Names)}}}","qualifiedName":"{{{table.Value}}}","rowCount":{{{dice.Below(3)}}},"meanings":[{{{meanings}}}]}}]}""");
                break;
            case 3:
                var name = $"Name {dice.Below(20)}";
                await catalog.TryUpdateAsync(
                    new AssetSelector.ByGuid(dice.Pick(terms)), $$$"""{"entity":{"typeName":"AtlasGlossaryTerm","attributes":{"name":"{{{name}}}"} }}""");
                break;
            case 4:
                await catalog.TryAsync(SaveRequest.Delete([dice.Flip() ? table : new AssetSelector.ByGuid(dice.Pick(terms))]));
                break;
            case 5:
                await catalog.TryAsync(SaveRequest.Restore([dice.Flip() ? table : new AssetSelector.ByGuid(dice.Pick(terms))]));
                break;
            default:
                await catalog.TryAsync(SaveRequest.Delete([table], DeletionKind.Purge));
                break;
        }
    }

    /// <summary>Each value of each field is found where it is, and nowhere else.</summary>
    private static async Task CheckAsync(TestCatalog catalog, TestIndex index)
    {
        var documents = await DocumentsAsync(catalog);
        (await index.SearchAsync(new SearchExpression.Everything())).Total.ShouldBe(documents.Count);
        var places = documents
            .SelectMany(document => document.Fields.SelectMany(field => TermsOf(field).Select(term => (field.Field, Term: term, document.Guid))))
            .GroupBy(place => (place.Field.Name, place.Term), place => place);
        foreach (var place in places)
        {
            var found = await index.SearchAsync(new SearchExpression.OneOf(place.First().Field, [place.Key.Term], IgnoresCase: false));
            found.Hits.Select(hit => hit.Guid).ShouldBe(
                place.Select(one => one.Guid).Distinct(), ignoreOrder: true, string.Create(CultureInfo.InvariantCulture, $"{place.Key}"));
        }
    }

    private static IEnumerable<string> TermsOf(SearchFieldValues field) => field.Field.Kind == SearchFieldKind.Text
        ? field.Values.SelectMany(value => SearchWords.Of(field.Field, value)).Distinct()
        : field.Values;

    private static async Task<List<SearchDocument>> DocumentsAsync(TestCatalog catalog)
    {
        await using var session = await catalog.Store.ReadAsync(CancellationToken.None);
        var assets = await session.ScanAsync(new AssetId(0), 1_000, CancellationToken.None);
        return [.. await SearchDocumentReader.ReadAsync(session, await catalog.Types.ForAsync(session, CancellationToken.None), assets, CancellationToken.None)];
    }
}
