using Cartulary.Core.Lineage;
using Cartulary.Core.Ports;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Atlas;
using Cartulary.Core.Save;
using Cartulary.Core.Types.Changes;
using Cartulary.Search;
using Cartulary.Server.Auth;
using Cartulary.Server.Delivery;
using Cartulary.Server.Endpoints.Admin;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Endpoints.Audit;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Endpoints.Exchange;
using Cartulary.Server.Endpoints.Jobs;
using Cartulary.Server.Endpoints.Keys;
using Cartulary.Server.Endpoints.Lineage;
using Cartulary.Server.Endpoints.Search;
using Cartulary.Server.Endpoints.Service;
using Cartulary.Server.Endpoints.Settings;
using Cartulary.Server.Endpoints.Sinks;
using Cartulary.Server.Endpoints.Tags;
using Cartulary.Server.Endpoints.Tasks;
using Cartulary.Server.Endpoints.Types;
using Cartulary.Server.Endpoints.Webhooks;
using Cartulary.Server.Health;
using Cartulary.Server.Http;
using Cartulary.Server.Jobs;
using Cartulary.Server.Retention;
using Cartulary.Server.Search;
using Cartulary.Server.Tags;
using Cartulary.Server.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Hosting;

/// <summary>Everything that answers requests, made once at the start: the one place where it is wired.</summary>
internal sealed class ServerParts : IAsyncDisposable
{
    private readonly KeyRing _ring;
    private readonly TypeEditor _typeEditor;
    private readonly ServerGauges _gauges;
    private readonly SearchEngine? _search;

    /// <summary>Wires the parts.</summary>
    public ServerParts(
        Catalog catalog, Settings settings, IIdSource ids, TimeProvider clock, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    {
        Catalog = catalog;
        Settings = settings;
        _ring = new KeyRing(catalog.Keys, settings.Auth, clock);
        RequestLogging = new RequestLogging(clock, loggers.CreateLogger<RequestLogging>());
        ErrorBoundary = new ErrorBoundary(lifetime, ids, loggers.CreateLogger<ErrorBoundary>());
        Authentication = new Authentication(_ring, new OpenAddresses(settings.Telemetry), loggers.CreateLogger<Authentication>());
        Deliveries = new Deliveries(catalog, settings, ids, clock, loggers);
        Health = new CatalogHealth(catalog.Store, Deliveries.WhyNotReadyAsync, lifetime, clock, loggers.CreateLogger<CatalogHealth>());
        var gate = new BodyGate(settings.Limits.BodyBytesInFlight);
        var bodies = new BodyReader(gate, settings.Limits, clock);
        var observer = new SaveObserver(clock, loggers.CreateLogger<SaveObserver>());
        Saving = new AssetSaving(catalog.Saver, catalog.ShortCut, catalog.Types, bodies, ids, clock, settings.Limits, observer);
        Waiting = new FeedWaiting(catalog.Feed, catalog.Store, lifetime, clock, settings.Feed.WaitersMax);
        var places = new StreamPlaces(settings.Stream.StreamsMax, settings.Stream.StreamsPerKeyMax);
        Keys = new KeyEndpoints(new KeyDesk(catalog.Keys, _ring, ids, clock, loggers.CreateLogger<KeyDesk>()), bodies);
        CatalogSettings = new SettingsEndpoints(catalog.Store, catalog.Types, bodies, ids);
        Lineage = new LineageEndpoints(new LineageReader(catalog.Store, catalog.Types, settings.Lineage.ForReading(), clock), bodies, settings.Lineage, settings.Limits);
        Typedefs = new TypedefEndpoints(catalog.Store, catalog.Types);
        _typeEditor = new TypeEditor(catalog.Store, catalog.Types, ids, clock);
        TypedefEditing = new TypedefEditing(_typeEditor, bodies, ids);
        Service = new ServiceEndpoints(catalog.Keys);
        Tokens = new TokenEndpoint(_ring, bodies);
        Tasks = new TaskEndpoints(bodies);
        Admin = new AdminEndpoints(catalog.Store, catalog.Types, Health);
        Exchange = new ExchangeEndpoints(catalog.Store, catalog.Exports, catalog.Importer, catalog.Types, bodies, settings.Limits, ids);
        Audit = new AuditEndpoints(catalog.Audit, bodies, clock, settings.Limits.JsonDepth);
        Feed = new FeedEndpoints(catalog.Feed, Waiting, catalog.Store, catalog.Types, settings.Feed, Health);
        Stream = new StreamEndpoints(catalog.Feed, catalog.Store, catalog.Types, settings, places, Health, lifetime, clock);
        Summary = new SummaryEndpoints(catalog.Feed, catalog.Store, catalog.Types, settings.Feed);
        Snapshot = new SnapshotEndpoints(catalog.Snapshots, catalog.Store, catalog.Types);
        var calls = new CallAllowance(clock, settings.Webhooks.CallsPerMinute);
        Webhooks = new WebhookEndpoints(Deliveries.Desk, catalog.Store, catalog.Types, bodies, calls);
        WebhookDeliveries = new WebhookDeliveryEndpoints(Deliveries.Desk, Deliveries.Parts.Store, catalog.Store, bodies, calls);
        Notices = new NoticeEndpoints(Deliveries.Parts.Store);
        Kafka = new KafkaEndpoints(Deliveries.KafkaDesk, catalog.Store, bodies);
        Propagation = new TagPropagator(catalog.TagJob, catalog.Store, catalog.Leases, ids, clock, loggers.CreateLogger<TagPropagator>());
        PendingTags = new PendingTagEndpoints(catalog.Store, catalog.Types);
        _search = settings.Search.Enabled
            ? new SearchEngine(catalog.Store, catalog.Types, settings.Search.ForIndex(settings.Server.Data), clock, loggers.CreateLogger<SearchEngine>())
            : null;
        var assets = new AssetSearch(catalog.Store, catalog.Types, Index, settings.Limits.EdgesPerEnd);
        var searches = settings.Limits.ForSearches();
        Search = new SearchEndpoints(assets, bodies, searches, clock);
        AtlasSearch = new AtlasSearchEndpoints(assets, bodies, searches, clock);
        RelatedSearch = new RelatedSearchEndpoints(
            new RelatedAssets(catalog.Store, catalog.Types, settings.Limits.EdgesPerEnd), assets, searches, clock);
        _gauges = new ServerGauges(catalog.Store, gate, Waiting, places, Propagation, _search);
        var deleter = new ConnectionDeleter(catalog.Store, catalog.Types, catalog.Saver, ids, clock);
        JobRunner = new JobRunner(
            catalog.Store, catalog.Types, deleter, catalog.Leases, settings.Jobs, settings.Limits.ForSaves(), ids, clock, loggers.CreateLogger<JobRunner>());
        Jobs = new JobEndpoints(catalog.Store, deleter, JobRunner, bodies);
        Trimmer = new Trimmer(catalog.Store, settings.Retention, Deliveries.LastFreeAsync, clock, loggers.CreateLogger<Trimmer>());
    }

    /// <summary>The catalog.</summary>
    public Catalog Catalog { get; }

    /// <summary>The settings.</summary>
    public Settings Settings { get; }

    /// <summary>Logs requests.</summary>
    public RequestLogging RequestLogging { get; }

    /// <summary>Answers for what goes wrong.</summary>
    public ErrorBoundary ErrorBoundary { get; }

    /// <summary>Asks for keys.</summary>
    public Authentication Authentication { get; }

    /// <summary>Tells whether the server can work.</summary>
    public CatalogHealth Health { get; }

    /// <summary>Saves.</summary>
    public AssetSaving Saving { get; }

    /// <summary>Gives and takes the settings that are kept in the catalog.</summary>
    public SettingsEndpoints CatalogSettings { get; }

    /// <summary>Tells what assets are made of and what is made of them.</summary>
    public LineageEndpoints Lineage { get; }

    /// <summary>Gives type definitions.</summary>
    public TypedefEndpoints Typedefs { get; }

    /// <summary>Makes, changes and removes type definitions.</summary>
    public TypedefEditing TypedefEditing { get; }

    /// <summary>Lets readers of the feed wait.</summary>
    public FeedWaiting Waiting { get; }

    /// <summary>Gives the catalog as a file, and takes such a file in.</summary>
    public ExchangeEndpoints Exchange { get; }

    /// <summary>Searches the audit.</summary>
    public AuditEndpoints Audit { get; }

    /// <summary>Gives events.</summary>
    public FeedEndpoints Feed { get; }

    /// <summary>Gives events as they come.</summary>
    public StreamEndpoints Stream { get; }

    /// <summary>Counts events.</summary>
    public SummaryEndpoints Summary { get; }

    /// <summary>Gives all assets to those who start over.</summary>
    public SnapshotEndpoints Snapshot { get; }

    /// <summary>Delivers events to webhooks and to Kafka.</summary>
    public Deliveries Deliveries { get; }

    /// <summary>Makes and changes webhooks.</summary>
    public WebhookEndpoints Webhooks { get; }

    /// <summary>Tells what webhooks were sent.</summary>
    public WebhookDeliveryEndpoints WebhookDeliveries { get; }

    /// <summary>Tells what whoever looks after webhooks should know.</summary>
    public NoticeEndpoints Notices { get; }

    /// <summary>Tells how events to Kafka do, and lets them go on.</summary>
    public KafkaEndpoints Kafka { get; }

    /// <summary>Passes on the tags that saves leave for later.</summary>
    public TagPropagator Propagation { get; }

    /// <summary>Tells which tags are still to be passed on.</summary>
    public PendingTagEndpoints PendingTags { get; }

    /// <summary>Answers the searches of Atlan's clients.</summary>
    public SearchEndpoints Search { get; }

    /// <summary>Answers the searches of Apache Atlas's clients.</summary>
    public AtlasSearchEndpoints AtlasSearch { get; }

    /// <summary>Finds neighbours and values.</summary>
    public RelatedSearchEndpoints RelatedSearch { get; }

    /// <summary>Finds assets.</summary>
    public ISearchIndex Index => (ISearchIndex?)_search ?? new SearchOff();

    /// <summary>Opens the search index in the background.</summary>
    public void StartSearch() => _search?.Start();

    /// <summary>Trims the log.</summary>
    public Trimmer Trimmer { get; }

    /// <summary>Carries out jobs.</summary>
    public JobRunner JobRunner { get; }

    /// <summary>Starts jobs and tells how far they are.</summary>
    public JobEndpoints Jobs { get; }

    /// <summary>Makes, lists and revokes keys.</summary>
    public KeyEndpoints Keys { get; }

    /// <summary>Gives tokens for keys.</summary>
    public TokenEndpoint Tokens { get; }

    /// <summary>Tells that there are no background tasks.</summary>
    public TaskEndpoints Tasks { get; }

    /// <summary>Tells Atlan's clients about users and roles.</summary>
    public ServiceEndpoints Service { get; }

    /// <summary>Tells Apache Atlas's clients about the server.</summary>
    public AdminEndpoints Admin { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (_search?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Deliveries.DisposeAsync();
        await Propagation.DisposeAsync();
        await JobRunner.DisposeAsync();
        await Trimmer.DisposeAsync();
        _typeEditor.Dispose();
        Exchange.Dispose();
        _gauges.Dispose();
        _ring.Dispose();
    }
}
