using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>All settings of the server, read and checked once, at the start.</summary>
/// <param name="Server">Where the server listens.</param>
/// <param name="Storage">What keeps the catalog.</param>
/// <param name="Limits">What requests may ask for.</param>
/// <param name="Feed">How events are read.</param>
/// <param name="Stream">How events are streamed.</param>
/// <param name="Retention">How long events are kept.</param>
/// <param name="Auth">How keys are remembered.</param>
/// <param name="Telemetry">What the server tells of its work.</param>
/// <param name="ShortCut">What is remembered of saves that changed nothing.</param>
/// <param name="ConnectionString">Names the database; there is one where the catalog is not kept in a file.</param>
/// <param name="AdministratorKey">The first administrator's key, if one was given.</param>
/// <param name="ReadOnlyKey">A key that may only read, if one was given.</param>
internal sealed record Settings(
    ServerOptions Server,
    StorageOptions Storage,
    LimitOptions Limits,
    FeedOptions Feed,
    StreamOptions Stream,
    RetentionOptions Retention,
    AuthOptions Auth,
    TelemetryOptions Telemetry,
    ShortCutOptions ShortCut,
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
        var storage = new StorageOptions();
        var limits = new LimitOptions();
        var feed = new FeedOptions();
        var stream = new StreamOptions();
        var retention = new RetentionOptions();
        var auth = new AuthOptions();
        var telemetry = new TelemetryOptions();
        var shortCut = new ShortCutOptions();
        Bind("Storage", () => configuration.GetSection("Storage").Bind(storage, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Limits", () => configuration.GetSection("Limits").Bind(limits, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Feed", () => configuration.GetSection("Feed").Bind(feed, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Stream", () => configuration.GetSection("Stream").Bind(stream, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Retention", () => configuration.GetSection("Retention").Bind(retention, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Auth", () => configuration.GetSection("Auth").Bind(auth, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Telemetry", () => configuration.GetSection("Telemetry").Bind(telemetry, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("ShortCut", () => configuration.GetSection("ShortCut").Bind(shortCut, binder => binder.ErrorOnUnknownConfiguration = true));
        Require("", typeof(ServerOptions), new ServerOptionsValidator().Validate(null, server));
        Require("Storage", typeof(StorageOptions), new StorageOptionsValidator().Validate(null, storage));
        Require("Limits", typeof(LimitOptions), new LimitOptionsValidator().Validate(null, limits));
        Require("Feed", typeof(FeedOptions), new FeedOptionsValidator().Validate(null, feed));
        Require("Stream", typeof(StreamOptions), new StreamOptionsValidator().Validate(null, stream));
        Require("Retention", typeof(RetentionOptions), new RetentionOptionsValidator().Validate(null, retention));
        Require("Auth", typeof(AuthOptions), new AuthOptionsValidator().Validate(null, auth));
        Require("Telemetry", typeof(TelemetryOptions), new TelemetryOptionsValidator().Validate(null, telemetry));
        Require("ShortCut", typeof(ShortCutOptions), new ShortCutOptionsValidator().Validate(null, shortCut));
        return new Settings(
            server,
            storage,
            limits,
            feed,
            stream,
            retention,
            auth,
            telemetry,
            shortCut,
            Database(storage, Given(configuration[ConnectionStringName])),
            Given(configuration[AdministratorKeyName]),
            Given(configuration[ReadOnlyKeyName]));
    }

    private static string? Database(StorageOptions storage, string? connectionString) =>
        storage.Provider == StorageOptions.Sqlite || connectionString is not null
            ? connectionString
            : throw new OptionsValidationException("Storage", typeof(StorageOptions), [$"Storage: the provider {storage.Provider} needs {ConnectionStringName}"]);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void Bind(string section, Action bind)
    {
        try
        {
            bind();
        }
        catch (InvalidOperationException problem)
        {
            throw new OptionsValidationException(section, typeof(Settings), [SettingsWords.Of(section, problem.Message)]);
        }
    }

    private static void Require(string section, Type options, ValidateOptionsResult result)
    {
        if (result.Failed)
        {
            throw new OptionsValidationException(section, options, result.Failures.Select(failure => SettingsWords.Of(section, failure)));
        }
    }
}
