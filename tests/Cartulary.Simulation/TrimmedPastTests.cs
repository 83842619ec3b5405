using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Simulation;

/// <summary>A past of which the beginning was trimmed: what is left is read, and what is gone is said to be gone.</summary>
public sealed class TrimmedPastTests
{
    private const int Versions = 5;

    private static readonly AssetSelector Table = new AssetSelector.ByUniqueAttribute("Table", "qualifiedName", "t");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, "CARTULARY-410-00-002")]
    [InlineData(2, "CARTULARY-410-00-002")]
    [InlineData(3, null)]
    [InlineData(4, null)]
    [InlineData(5, null)]
    [InlineData(6, "CARTULARY-404-00-003")]
    public async Task Versions_from_the_oldest_kept_position_on_can_be_read(long version, string? code)
    {
        await using var past = await LiveAsync();

        await CheckAsync(past, new Moment.AtVersion(version), code, version);
    }

    [Theory]
    [InlineData(0, "CARTULARY-404-00-003", 0)]
    [InlineData(1, "CARTULARY-410-00-002", 0)]
    [InlineData(2, "CARTULARY-410-00-002", 0)]
    [InlineData(3, null, 3)]
    [InlineData(9, null, 5)]
    public async Task Times_from_the_oldest_kept_position_on_can_be_read(int minutes, string? code, long version)
    {
        await using var past = await LiveAsync();

        await CheckAsync(past, new Moment.AtTime(past.Start.AddMinutes(minutes).ToUnixTimeMilliseconds()), code, version);
    }

    [Fact]
    public async Task History_ends_where_the_kept_past_begins()
    {
        await using var past = await LiveAsync();
        var history = new AssetHistory(past.Trimmed, past.Catalog.Types);

        var (page, _) = await history.VersionsAsync(Table, before: null, limit: 100, Cancel);
        var (none, _) = await history.VersionsAsync(Table, before: 3, limit: 100, Cancel);
        var (blame, _) = await history.BlameAsync(Table, before: null, Cancel);
        var (_, problem) = await history.DiffAsync(Table, new Moment.AtVersion(2), Moment.Now, Cancel);

        page!.Versions.Select(version => version.Version).ShouldBe([5, 4, 3]);
        page.Next.ShouldBeNull();
        none!.Versions.ShouldBeEmpty();
        blame!.Attributes["rowCount"].Version.ShouldBe(5);
        blame.Attributes.ContainsKey("name").ShouldBeFalse("what created it is gone");
        problem!.Code.ShouldBe(ErrorCodes.PastTrimmed);
        problem.Path.ShouldBe("from");
    }

    [Fact]
    public async Task An_asset_that_was_created_later_has_its_whole_past()
    {
        await using var past = await LiveAsync();
        await past.Catalog.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"later","name":"later"}}]}""");
        var later = new AssetSelector.ByUniqueAttribute("Table", "qualifiedName", "later");

        (await past.Reader.GetAsync(later, new Moment.AtVersion(1), "version", withEdges: true, Cancel)).View!.Asset.Version.ShouldBe(1);
        (await past.Reader.GetAsync(later, new Moment.AtTime(past.Start.ToUnixTimeMilliseconds()), "asOf", withEdges: true, Cancel))
            .Problem!.Code.ShouldBe(ErrorCodes.NoSuchVersion);
    }

    private static async Task CheckAsync(TrimmedCatalog past, Moment moment, string? code, long version)
    {
        var (view, problem) = await past.Reader.GetAsync(Table, moment, "moment", withEdges: true, Cancel);

        problem?.Code.Code.ShouldBe(code);
        view?.Asset.Version.ShouldBe(version);
        (view is null).ShouldBe(code is not null);
        if (code == ErrorCodes.PastTrimmed.Code)
        {
            problem!.Message.ShouldContain("oldest version that can be read is 3");
        }
    }

    /// <summary>A table of five versions, one a minute, of which the third was present at the end of the trimmed part.</summary>
    private static async Task<TrimmedCatalog> LiveAsync()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var catalog = await TestCatalog.CreateAsync(clock);
        var trimmed = default(CommitNumber);
        for (var version = 1; version <= Versions; version++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await catalog.SaveAsync($$$"""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t","rowCount":{{{version}}}}}]}""");
            trimmed = version == 3 ? catalog.Store.Head.Commit : trimmed;
        }

        return new TrimmedCatalog(catalog, CallProxy.Around<ICatalogStore>(catalog.Store, (_, result) => result is ValueTask<IReadSession> session
            ? new ValueTask<IReadSession>(TrimAsync(session, trimmed))
            : result));
    }

    private static async Task<IReadSession> TrimAsync(ValueTask<IReadSession> session, CommitNumber trimmed) =>
        CallProxy.Around(await session, (_, result) => result is CatalogHead head ? head with { Trimmed = trimmed } : result);

    private sealed class TrimmedCatalog(TestCatalog catalog, ICatalogStore trimmed) : IAsyncDisposable
    {
        public TestCatalog Catalog { get; } = catalog;

        public ICatalogStore Trimmed { get; } = trimmed;

        public AssetReader Reader { get; } = new(trimmed, catalog.Types, 10_000);

        public DateTimeOffset Start { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public ValueTask DisposeAsync() => Catalog.DisposeAsync();
    }
}
