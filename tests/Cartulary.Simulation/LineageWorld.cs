using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Lineage;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Simulation;

/// <summary>Assets and processes on a store of any kind, and what is so of their lineage.</summary>
internal sealed class LineageWorld : IDisposable
{
    private const string Flag = "__hasLineage";

    private static readonly ImmutableSortedDictionary<string, string> NoHeaders = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly ICatalogStore _store;
    private readonly TypeRegistrySource _types;
    private readonly Saver _saver;
    private readonly AssetReader _reader;
    private readonly EventFeed _feed;

    private LineageWorld(ICatalogStore store, TypeRegistrySource types)
    {
        _store = store;
        _types = types;
        _saver = new Saver(store, types, new Ids(), new SaveLimits());
        _reader = new AssetReader(store, types, 10_000);
        _feed = new EventFeed(store, types, new FeedLimits());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<LineageWorld> OpenAsync(ICatalogStore store) => new(
        store, await TypeRegistrySource.OpenAsync(store, BuiltInModel.Load(), Context(), TimeProvider.System, Guid.CreateVersion7, Token));

    /// <summary>Saves a bulk body, which must not be refused; gives the events that it led to.</summary>
    public async Task<List<ToldEvent>> SaveAsync(string json)
    {
        var read = SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(json), _types.Newest, new SaveLimits());
        return await CarryOutAsync(read.ShouldBeOfType<ReadOutcome.Understood>(json).Request, json);
    }

    /// <summary>Archives assets; gives the events that it led to.</summary>
    public Task<List<ToldEvent>> ArchiveAsync(params Guid[] guids) =>
        CarryOutAsync(SaveRequest.Delete([.. guids.Select(guid => new AssetSelector.ByGuid(guid))]), string.Join(',', guids));

    /// <summary>The assets as a read gives them.</summary>
    public async Task<Dictionary<Guid, AssetView>> ReadAsync(IReadOnlyList<Guid> guids) =>
        (await _reader.GetManyAsync(guids, withEdges: true, Token)).Views.ToDictionary(view => view.Asset.Guid);

    /// <summary>Whether an asset says that it has lineage.</summary>
    public static bool SaysSo(AssetView view) => view.Asset.State.Find(view.Type.Attribute(Flag)!.Id) is { IsTrue: true };

    /// <summary>Whether it has: a process in use with an input and an output in use, or an asset joined to such a process.</summary>
    public static bool IsSo(AssetView view, IReadOnlyDictionary<Guid, AssetView> all) => view.Type.Is("Process")
        ? IsWhole(view)
        : Live(view, "inputToProcesses").Concat(Live(view, "outputFromProcesses")).Any(process => IsWhole(all[process]));

    /// <summary>A reader of lineage with bounds.</summary>
    public LineageReader NewLineage(LineageBounds bounds) => new(_store, _types, bounds, TimeProvider.System);

    public void Dispose() => _feed.Dispose();

    private static bool IsWhole(AssetView process) =>
        process.Asset.Status == AssetStatus.Active && Live(process, "inputs").Any() && Live(process, "outputs").Any();

    private static IEnumerable<Guid> Live(AssetView view, string end) =>
        view.Ends.Where(one => one.End.Name == end).SelectMany(one => one.Edges).Where(edge => edge.Edge.IsLive).Select(edge => edge.Other.Guid);

    private async Task<List<ToldEvent>> CarryOutAsync(SaveRequest request, string what)
    {
        await using (var session = await _store.ReadAsync(Token))
        {
            var before = session.Head.Sequence;
            var outcome = await _saver.SaveAsync(request, Context(), Token);
            outcome.ShouldNotBeOfType<SaveOutcome.Rejected>(what);
            var page = await _feed.ReadAsync(new FeedQuery(before, 5_000), Token);
            return [.. page.Events.Select(item => new ToldEvent(JsonDocument.Parse(item.Envelope).RootElement.GetProperty("message")))];
        }
    }

    private static CommitContext Context() => new(Guid.CreateVersion7(), "tester", "test", DeleteHandler: null, NoHeaders);

    private sealed class Ids : IIdSource
    {
        public Guid NewGuid() => Guid.CreateVersion7();

        public string NewName() => Guid.CreateVersion7().ToString("N")[..21];
    }
}
