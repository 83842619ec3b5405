using System.Collections.Immutable;
using System.Text;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Load.Workload;
using Cartulary.Testing;

namespace Cartulary.Benchmarks;

/// <summary>A catalog with three tables and the hundred columns of one request, for the stages to work on.</summary>
internal sealed class SampleCatalog : IAsyncDisposable
{
    private static readonly SaveLimits Limits = new();

    private SampleCatalog(TestCatalog catalog) => Catalog = catalog;

    /// <summary>The catalog.</summary>
    public TestCatalog Catalog { get; }

    /// <summary>The request that created the columns.</summary>
    public byte[] Body { get; } = Warehouse.Columns(0, 100, perBody: 100)[0].Body;

    /// <summary>The plan of creating the columns.</summary>
    public required CommitPlan Plan { get; init; }

    /// <summary>Makes the catalog.</summary>
    public static async Task<SampleCatalog> CreateAsync()
    {
        var catalog = await TestCatalog.CreateAsync();
        foreach (var tables in Warehouse.Tables(0, 3))
        {
            await catalog.SaveAsync(Encoding.UTF8.GetString(tables.Body));
        }

        var body = Warehouse.Columns(0, 100, perBody: 100)[0].Body;
        var plan = await PlanAsync(catalog, Read(catalog, body));
        await catalog.SaveAsync(Encoding.UTF8.GetString(body));
        return new SampleCatalog(catalog) { Plan = ((PlanOutcome.Planned)plan).Plan };
    }

    /// <summary>Reads the request.</summary>
    public SaveRequest Read() => Read(Catalog, Body);

    /// <summary>Plans a request against the present state.</summary>
    public ValueTask<PlanOutcome> PlanAsync(SaveRequest request) => PlanAsync(Catalog, request);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Catalog.DisposeAsync();

    private static SaveRequest Read(TestCatalog catalog, byte[] body) =>
        ((ReadOutcome.Understood)SaveRequestReader.ReadBulk(body, catalog.Types.Newest, Limits)).Request;

    private static async ValueTask<PlanOutcome> PlanAsync(TestCatalog catalog, SaveRequest request)
    {
        await using var session = await catalog.Store.ReadAsync(CancellationToken.None);
        var context = new CommitContext(Guid.CreateVersion7(), "bench", "api", null, ImmutableSortedDictionary<string, string>.Empty);
        return await SavePipeline.PlanAsync(new PlanningScope(session, catalog.Types.Newest, Limits, context, SaveTerms.None, new Ids()), request, CancellationToken.None);
    }

    private sealed class Ids : IIdSource
    {
        public Guid NewGuid() => Guid.CreateVersion7();

        public string NewName() => Guid.NewGuid().ToString("N")[..21];
    }
}
