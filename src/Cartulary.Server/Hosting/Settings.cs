using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>All settings of the server, read and checked once, at the start.</summary>
/// <param name="Server">Where the server listens.</param>
/// <param name="Storage">What keeps the catalog.</param>
/// <param name="Limits">What requests may ask for.</param>
/// <param name="Feed">How events are read.</param>
/// <param name="Audit">How much one search of the audit may look at.</param>
/// <param name="Stream">How events are streamed.</param>
/// <param name="Retention">How long events are kept.</param>
/// <param name="Lineage">How much one reading of lineage may do.</param>
/// <param name="Jobs">How deletions of connections are carried out.</param>
/// <param name="Auth">How keys are remembered.</param>
/// <param name="Telemetry">What the server tells of its work.</param>
/// <param name="ShortCut">What is remembered of saves that changed nothing.</param>
/// <param name="Webhooks">How events are sent to webhooks.</param>
/// <param name="Kafka">How events are sent to Kafka.</param>
/// <param name="Secrets">How secrets are kept.</param>
/// <param name="Search">The search index.</param>
/// <param name="ConnectionString">Names the database; there is one where the catalog is not kept in a file.</param>
/// <param name="AdministratorKey">The first administrator's key, if one was given.</param>
/// <param name="ReadOnlyKey">A key that may only read, if one was given.</param>
internal sealed record Settings(
    ServerOptions Server,
    StorageOptions Storage,
    LimitOptions Limits,
    FeedOptions Feed,
    AuditOptions Audit,
    StreamOptions Stream,
    RetentionOptions Retention,
    LineageOptions Lineage,
    JobOptions Jobs,
    AuthOptions Auth,
    TelemetryOptions Telemetry,
    ShortCutOptions ShortCut,
    WebhookOptions Webhooks,
    KafkaOptions Kafka,
    SecretOptions Secrets,
    SearchIndexOptions Search,
    string? ConnectionString,
    string? AdministratorKey,
    string? ReadOnlyKey)
{
    /// <summary>The setting, usually an environment variable, that gives the first administrator's key.</summary>
    public const string AdministratorKeyName = "CARTULARY_API_KEY";

    /// <summary>The setting, usually an environment variable, that gives a key which may only read.</summary>
    public const string ReadOnlyKeyName = "CARTULARY_READ_ONLY_API_KEY";

    /// <summary>The setting that names the database.</summary>
    public const string ConnectionStringName = "ConnectionStrings:Cartulary";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">A setting is outside its range, or a section holds an unknown one.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var server = new ServerOptions();
        server.Urls = Given(configuration["urls"]) ?? server.Urls;
        server.Data = Given(configuration["data"]) ?? server.Data;
        Require("", server, new ServerOptionsValidator());
        var storage = Section("Storage", new StorageOptions(), (section, options) => section.Bind(options, Strictly), new StorageOptionsValidator());
        var limits = Section("Limits", new LimitOptions(), (section, options) => section.Bind(options, Strictly), new LimitOptionsValidator());
        var feed = Section("Feed", new FeedOptions(), (section, options) => section.Bind(options, Strictly), new FeedOptionsValidator());
        var audit = Section("Audit", new AuditOptions(), (section, options) => section.Bind(options, Strictly), new AuditOptionsValidator());
        var stream = Section("Stream", new StreamOptions(), (section, options) => section.Bind(options, Strictly), new StreamOptionsValidator());
        var retention = Section("Retention", new RetentionOptions(), (section, options) => section.Bind(options, Strictly), new RetentionOptionsValidator());
        var lineage = Section("Lineage", new LineageOptions(), (section, options) => section.Bind(options, Strictly), new LineageOptionsValidator());
        var jobs = Section("Jobs", new JobOptions(), (section, options) => section.Bind(options, Strictly), new JobOptionsValidator());
        var auth = Section("Auth", new AuthOptions(), (section, options) => section.Bind(options, Strictly), new AuthOptionsValidator());
        var telemetry = Section("Telemetry", new TelemetryOptions(), (section, options) => section.Bind(options, Strictly), new TelemetryOptionsValidator());
        var shortCut = Section("ShortCut", new ShortCutOptions(), (section, options) => section.Bind(options, Strictly), new ShortCutOptionsValidator());
        var webhooks = Section("Webhooks", new WebhookOptions(), (section, options) => section.Bind(options, Strictly), new WebhookOptionsValidator());
        var kafka = Section("Kafka", new KafkaOptions(), (section, options) => section.Bind(options, Strictly), new KafkaOptionsValidator());
        var secrets = Section("Secrets", new SecretOptions(), (section, options) => section.Bind(options, Strictly), new SecretOptionsValidator());
        var search = Section("Search", new SearchIndexOptions(), (section, options) => section.Bind(options, Strictly), new SearchIndexOptionsValidator());
        return new Settings(
            server,
            storage,
            limits,
            feed,
            audit,
            stream,
            retention,
            lineage,
            jobs,
            auth,
            telemetry,
            shortCut,
            webhooks,
            kafka,
            secrets,
            search,
            Database(storage, Given(configuration[ConnectionStringName])),
            Given(configuration[AdministratorKeyName]),
            Given(configuration[ReadOnlyKeyName]));

        // Bound where the type is named, so that the binding is generated and nothing is looked up at start.
        T Section<T>(string name, T options, Action<IConfiguration, T> bind, IValidateOptions<T> validator)
            where T : class
        {
            try
            {
                bind(configuration.GetSection(name), options);
            }
            catch (InvalidOperationException problem)
            {
                throw new OptionsValidationException(name, typeof(Settings), [SettingsWords.Of(name, problem.Message)]);
            }

            Require(name, options, validator);
            return options;
        }
    }

    private static string? Database(StorageOptions storage, string? connectionString) =>
        storage.Provider == StorageOptions.Sqlite || connectionString is not null
            ? connectionString
            : throw new OptionsValidationException("Storage", typeof(StorageOptions), [$"Storage: the provider {storage.Provider} needs {ConnectionStringName}"]);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void Strictly(BinderOptions binder) => binder.ErrorOnUnknownConfiguration = true;

    private static void Require<T>(string section, T options, IValidateOptions<T> validator)
        where T : class
    {
        if (validator.Validate(null, options) is { Failed: true } result)
        {
            throw new OptionsValidationException(section, typeof(T), result.Failures.Select(failure => SettingsWords.Of(section, failure)));
        }
    }
}
