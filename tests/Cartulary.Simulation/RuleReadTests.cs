using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>What types add to a save costs a number of reads that does not grow with the number of assets.</summary>
public sealed class RuleReadTests
{
    private const int Few = 2;
    private const int Many = 40;
    private int _reads;

    [Fact]
    public async Task Creating_many_terms_in_a_category_reads_as_often_as_creating_few() =>
        (await CreateAsync(Many)).ShouldBe(await CreateAsync(Few));

    [Fact]
    public async Task Moving_a_category_of_many_terms_reads_as_often_as_moving_one_of_few() =>
        (await MoveAsync(Many)).ShouldBe(await MoveAsync(Few));

    [Fact]
    public async Task Moving_a_domain_of_many_products_reads_as_often_as_moving_one_of_few() =>
        (await MoveDomainAsync(Many)).ShouldBe(await MoveDomainAsync(Few));

    private async Task<int> CreateAsync(int count)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var guids = await MadeAsync(catalog, [Glossary("a", 1), Category(2, 1)]);
        return await CountAsync(catalog, [.. Enumerable.Range(3, count).Select(n => Term(n, guids[0], guids[1]))]);
    }

    private async Task<int> MoveAsync(int count)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var guids = await MadeAsync(catalog, [Glossary("a", 1), Category(2, 1), Glossary("b", 3), .. Enumerable.Range(4, count).Select(n => Term(n, "-1", "-2"))]);
        return await CountAsync(catalog, [$$$"""{"typeName":"AtlasGlossaryCategory","guid":"{{{guids[1]}}}","attributes":{"name":"2","anchor":{"guid":"{{{guids[2]}}}"} } }"""]);
    }

    private async Task<int> MoveDomainAsync(int count)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var guids = await MadeAsync(catalog, [Domain(1), Domain(2), .. Enumerable.Range(3, count).Select(n => Product(n, "-1"))]);
        return await CountAsync(catalog, [$$$"""{"typeName":"DataDomain","guid":"{{{guids[0]}}}","attributes":{"name":"1","parentDomain":{"guid":"{{{guids[1]}}}"} } }"""]);
    }

    private static string Glossary(string name, int n) => $$"""{"typeName":"AtlasGlossary","guid":"{{Local(n)}}","attributes":{"name":"{{name}}"} }""";

    private static string Category(int n, int glossary) =>
        $$$"""{"typeName":"AtlasGlossaryCategory","guid":"{{{Local(n)}}}","attributes":{"name":"{{{Text(n)}}}","anchor":{"guid":"{{{Local(glossary)}}}"} } }""";

    private static string Term(int n, string glossary, string category) =>
        $$$"""{"typeName":"AtlasGlossaryTerm","guid":"{{{Local(n)}}}","attributes":{"name":"{{{Text(n)}}}","anchor":{"guid":"{{{glossary}}}"},"categories":[{"guid":"{{{category}}}"}] } }""";

    private static string Domain(int n) => $$"""{"typeName":"DataDomain","guid":"{{Local(n)}}","attributes":{"name":"{{Text(n)}}"} }""";

    private static string Product(int n, string domain) =>
        $$$"""{"typeName":"DataProduct","guid":"{{{Local(n)}}}","attributes":{"name":"{{{Text(n)}}}","dataDomain":{"guid":"{{{domain}}}"} } }""";

    private static string Local(int n) => Text(-n);

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static async Task<List<string>> MadeAsync(TestCatalog catalog, string[] entities) =>
        [.. ((SaveOutcome.Committed)await catalog.SaveAsync(Body(entities))).Summary.GuidAssignments.Select(assignment => assignment.Value.ToString("D"))];

    private static string Body(string[] entities) => $"{{\"entities\":[{string.Join(',', entities)}]}}";

    /// <summary>How many reads a save makes to plan itself.</summary>
    private async Task<int> CountAsync(TestCatalog catalog, string[] entities)
    {
        var store = CallProxy.Around<ICatalogStore>(
            catalog.Store, (method, result) => method.Name == nameof(ICatalogStore.ReadAsync) ? new ValueTask<IReadSession>(CountedAsync((ValueTask<IReadSession>)result!)) : result);
        var saver = new Saver(store, catalog.Types, new Ids(), new SaveLimits());
        var request = ((ReadOutcome.Understood)SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(Body(entities)), catalog.Types.Newest, new SaveLimits())).Request;
        var context = new CommitContext(Guid.CreateVersion7(), "tester", "test", DeleteHandler: null, ImmutableSortedDictionary<string, string>.Empty);
        _reads = 0;

        (await saver.SaveAsync(request, context, TestContext.Current.CancellationToken)).ShouldBeOfType<SaveOutcome.Committed>();

        _reads.ShouldBeGreaterThan(0);
        return _reads;
    }

    private async Task<IReadSession> CountedAsync(ValueTask<IReadSession> opened) => CallProxy.Around(await opened, Count);

    private object? Count(MethodInfo method, object? result)
    {
        _reads += method.Name.EndsWith("Async", StringComparison.Ordinal) && method.Name != nameof(IAsyncDisposable.DisposeAsync) ? 1 : 0;
        return result;
    }

    private sealed class Ids : IIdSource
    {
        public Guid NewGuid() => Guid.CreateVersion7();

        public string NewName() => Guid.CreateVersion7().ToString("N")[..21];
    }
}
