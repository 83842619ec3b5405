using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Tags;
using Cartulary.Core.Types;
using Cartulary.Core.Types.Changes;
using Cartulary.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Testing;

/// <summary>A whole catalog without a server: store, types, saves, reads and feed, on a folder of its own that is deleted at the end.</summary>
public sealed class TestCatalog : IAsyncDisposable
{
    private static readonly ImmutableSortedDictionary<string, string> NoHeaders = ImmutableSortedDictionary<string, string>.Empty;
    private readonly string _folder;
    private readonly IIdSource _ids = new RandomIds();

    private TestCatalog(string folder, SqliteCatalogStore store, TypeRegistrySource types, SaveLimits limits, TimeProvider clock)
    {
        _folder = folder;
        Store = store;
        Types = types;
        Saver = new Saver(store, types, _ids, limits);
        Editor = new TypeEditor(store, types, _ids, clock);
        NewTagJob = () => new TagJob(store, types, _ids, limits);
        Reader = new AssetReader(store, types, 10_000);
        History = new AssetHistory(store, types);
        Feed = new EventFeed(store, types, new FeedLimits());
    }

    public SqliteCatalogStore Store { get; }

    public TypeRegistrySource Types { get; }

    public Saver Saver { get; }

    public TypeEditor Editor { get; }

    /// <summary>Makes a job that passes tags on, as a server that starts does.</summary>
    public Func<TagJob> NewTagJob { get; }

    public AssetReader Reader { get; }

    public AssetHistory History { get; }

    public EventFeed Feed { get; }

    public long Head => Store.Head.Sequence;

    public static async Task<TestCatalog> CreateAsync(TimeProvider? clock = null, TypesDef? model = null, SaveLimits? limits = null)
    {
        var folder = Directory.CreateTempSubdirectory("cartulary-test-").FullName;
        var store = await SqliteCatalogStore.OpenAsync(
            new SqliteStoreOptions { Path = Path.Combine(folder, "catalog.db") }, clock ?? TimeProvider.System, Guid.CreateVersion7, NullLogger<SqliteCatalogStore>.Instance, CancellationToken.None);
        var types = await TypeRegistrySource.OpenAsync(
            store, model ?? BuiltInModel.Load(), new CommitContext(Guid.CreateVersion7(), "system", "start", null, NoHeaders), clock ?? TimeProvider.System, Guid.CreateVersion7, CancellationToken.None);
        return new TestCatalog(folder, store, types, limits ?? new SaveLimits(), clock ?? TimeProvider.System);
    }

    /// <summary>Defines types beside those that the catalog has, such as tags and custom metadata.</summary>
    public Task<TypeRegistry> DefineAsync(TypesDef types) => Types.DefineAsync(Store, types);

    /// <summary>Changes types by a request for them.</summary>
    public ValueTask<TypeChangeOutcome> ChangeTypesAsync(string json, TypeChangeManner manner)
    {
        var request = TypesRequest.Read(Encoding.UTF8.GetBytes(json), out var problems);
        return problems.IsEmpty
            ? Editor.SaveAsync(request, manner, Context("tester"), CancellationToken.None)
            : new(new TypeChangeOutcome.Refused(problems));
    }

    /// <summary>Saves a bulk body; fails the test when it is refused.</summary>
    public async Task<SaveOutcome> SaveAsync(string json, string actor = "tester")
    {
        var outcome = await TrySaveAsync(json, actor);
        if (outcome is SaveOutcome.Rejected rejected)
        {
            throw new InvalidOperationException($"{Show(rejected)}\n{json}");
        }

        return outcome;
    }

    /// <summary>Saves a bulk body.</summary>
    public ValueTask<SaveOutcome> TrySaveAsync(string json, string actor = "tester") =>
        SaveAsync(SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(json), Types.Newest, new SaveLimits()), actor);

    /// <summary>Saves a bulk body whose flags say what it means by tags.</summary>
    public ValueTask<SaveOutcome> TrySaveAsync(string json, TagMode tags, string actor = "tester") =>
        SaveAsync(SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(json), Types.Newest, new SaveLimits()).With(tags), actor);

    /// <summary>Saves a bulk body whose flags say what it means by tags and custom metadata.</summary>
    public ValueTask<SaveOutcome> TrySaveAsync(string json, SaveManner manner, string actor = "tester") =>
        SaveAsync(SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(json), Types.Newest, new SaveLimits()).With(manner), actor);

    /// <summary>Does something with the custom metadata of one asset.</summary>
    public async ValueTask<SaveOutcome> ChangeMetadataAsync(Guid asset, string json, MetadataCall call, string actor = "tester")
    {
        var type = (await GetAsync(asset)).Type;
        return await SaveAsync(
            PartRequestReader.ReadMetadata(Encoding.UTF8.GetBytes(json), new AssetSelector.ByGuid(asset), Types.Newest.Entity(type.Id), call, new SaveLimits()), actor);
    }

    /// <summary>Does something with tags of one asset.</summary>
    public ValueTask<SaveOutcome> TagAsync(Guid asset, TagAction action, string json, string actor = "tester") =>
        SaveAsync(TagRequestReader.ReadList(Encoding.UTF8.GetBytes(json), new AssetSelector.ByGuid(asset), action, new SaveLimits()), actor);

    /// <summary>Saves a body with one <c>entity</c>.</summary>
    public ValueTask<SaveOutcome> TrySaveOneAsync(string json, string actor = "tester") =>
        SaveAsync(SaveRequestReader.ReadSingle(Encoding.UTF8.GetBytes(json), Types.Newest, new SaveLimits()), actor);

    /// <summary>Updates an existing asset with a body with one <c>entity</c>.</summary>
    public ValueTask<SaveOutcome> TryUpdateAsync(AssetSelector target, string json, string actor = "tester") =>
        SaveAsync(SaveRequestReader.ReadPartial(Encoding.UTF8.GetBytes(json), target, Types.Newest, new SaveLimits()), actor);

    /// <summary>Saves a bulk body on terms.</summary>
    public ValueTask<SaveOutcome> TrySaveAsync(string json, SaveTerms terms, string actor = "tester") =>
        Saver.SaveAsync(Understand(json), Context(actor), terms, CancellationToken.None);

    /// <summary>Saves a bulk body on trial.</summary>
    public ValueTask<SaveOutcome> ForeseeAsync(string json, long time) => Saver.ForeseeAsync(Understand(json), Context("tester"), time, CancellationToken.None);

    /// <summary>Archives an asset on trial.</summary>
    public ValueTask<SaveOutcome> ForeseeArchivingAsync(AssetSelector target, long time) =>
        Saver.ForeseeAsync(SaveRequest.Delete([target]), Context("tester"), time, CancellationToken.None);

    /// <summary>Archives an asset on terms.</summary>
    public ValueTask<SaveOutcome> ArchiveAsync(AssetSelector target, SaveTerms terms) =>
        Saver.SaveAsync(SaveRequest.Delete([target]), Context("tester"), terms, CancellationToken.None);

    /// <summary>Says all that is wrong with a refused request.</summary>
    public static string Show(SaveOutcome.Rejected rejected) =>
        string.Join("; ", rejected.Problems.Select(problem => $"{problem.Code.Code} {problem.Path}: {problem.Message}"));

    /// <summary>Archives assets by guid.</summary>
    public ValueTask<SaveOutcome> DeleteAsync(params Guid[] guids) => ArchiveAsync([.. guids.Select(guid => new AssetSelector.ByGuid(guid))]);

    /// <summary>Archives assets.</summary>
    public ValueTask<SaveOutcome> ArchiveAsync(params AssetSelector[] targets) =>
        Saver.SaveAsync(SaveRequest.Delete([.. targets]), Context("tester"), CancellationToken.None);

    /// <summary>Carries out a request.</summary>
    public ValueTask<SaveOutcome> TryAsync(SaveRequest request, SaveTerms? terms = null) =>
        Saver.SaveAsync(request, Context("tester"), terms ?? SaveTerms.None, CancellationToken.None);

    /// <summary>Tries a request.</summary>
    public ValueTask<SaveOutcome> ForeseeAsync(SaveRequest request, long time) => Saver.ForeseeAsync(request, Context("tester"), time, CancellationToken.None);

    /// <summary>The envelopes after a sequence.</summary>
    public async Task<List<JsonElement>> EventsAsync(long after)
    {
        var events = new List<JsonElement>();
        while (after < Head)
        {
            var page = await Feed.ReadAsync(new FeedQuery(after, 5_000), CancellationToken.None);
            events.AddRange(page.Events.Select(item => JsonDocument.Parse(item.Envelope).RootElement.GetProperty("message")));
            after = page.Next;
        }

        return events;
    }

    public async Task<AssetView> GetAsync(Guid guid) => (await Reader.GetAsync(new AssetSelector.ByGuid(guid), withEdges: true, CancellationToken.None)).View
        ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"no asset {guid}"));

    public async Task<Guid> GuidOfAsync(string typeName, string qualifiedName) =>
        (await Reader.GetAsync(new AssetSelector.ByUniqueAttribute(typeName, "qualifiedName", qualifiedName), withEdges: false, CancellationToken.None)).View?.Asset.Guid
        ?? throw new InvalidOperationException($"no {typeName} {qualifiedName}");

    public async ValueTask DisposeAsync()
    {
        Feed.Dispose();
        Editor.Dispose();
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async ValueTask<SaveOutcome> SaveAsync(ReadOutcome read, string actor) => read is ReadOutcome.Understood understood
        ? await Saver.SaveAsync(understood.Request, Context(actor), CancellationToken.None)
        : new SaveOutcome.Rejected(((ReadOutcome.Refused)read).Problems);

    private SaveRequest Understand(string json) =>
        ((ReadOutcome.Understood)SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(json), Types.Newest, new SaveLimits(), notesPassedOver: true)).Request;

    private static CommitContext Context(string actor) => new(Guid.CreateVersion7(), actor, "api", "SOFT", NoHeaders);

    private sealed class RandomIds : IIdSource
    {
        public Guid NewGuid() => Guid.CreateVersion7();

        public string NewName() => Guid.NewGuid().ToString("N")[..21];
    }
}
