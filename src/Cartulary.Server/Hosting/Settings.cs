using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>All settings of the server, read and checked once, at the start.</summary>
internal sealed record Settings(
    ServerOptions Server,
    LimitOptions Limits,
    FeedOptions Feed,
    StreamOptions Stream,
    RetentionOptions Retention,
    AuthOptions Auth,
    TelemetryOptions Telemetry,
    string? AdministratorKey,
    string? ReadOnlyKey)
{
    /// <summary>The setting, usually an environment variable, that gives the first administrator's key.</summary>
    public const string AdministratorKeyName = "CARTULARY_API_KEY";

    /// <summary>The setting, usually an environment variable, that gives a key which may only read.</summary>
    public const string ReadOnlyKeyName = "CARTULARY_READ_ONLY_API_KEY";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">A setting is outside its range, or a section holds an unknown one.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var server = new ServerOptions();
        server.Urls = Given(configuration["urls"]) ?? server.Urls;
        server.Data = Given(configuration["data"]) ?? server.Data;
        var limits = new LimitOptions();
        var feed = new FeedOptions();
        var stream = new StreamOptions();
        var retention = new RetentionOptions();
        var auth = new AuthOptions();
        var telemetry = new TelemetryOptions();
        Bind("Limits", () => configuration.GetSection("Limits").Bind(limits, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Feed", () => configuration.GetSection("Feed").Bind(feed, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Stream", () => configuration.GetSection("Stream").Bind(stream, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Retention", () => configuration.GetSection("Retention").Bind(retention, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Auth", () => configuration.GetSection("Auth").Bind(auth, binder => binder.ErrorOnUnknownConfiguration = true));
        Bind("Telemetry", () => configuration.GetSection("Telemetry").Bind(telemetry, binder => binder.ErrorOnUnknownConfiguration = true));
        Require("", typeof(ServerOptions), new ServerOptionsValidator().Validate(null, server));
        Require("Limits", typeof(LimitOptions), new LimitOptionsValidator().Validate(null, limits));
        Require("Feed", typeof(FeedOptions), new FeedOptionsValidator().Validate(null, feed));
        Require("Stream", typeof(StreamOptions), new StreamOptionsValidator().Validate(null, stream));
        Require("Retention", typeof(RetentionOptions), new RetentionOptionsValidator().Validate(null, retention));
        Require("Auth", typeof(AuthOptions), new AuthOptionsValidator().Validate(null, auth));
        Require("Telemetry", typeof(TelemetryOptions), new TelemetryOptionsValidator().Validate(null, telemetry));
        return new Settings(
            server, limits, feed, stream, retention, auth, telemetry, Given(configuration[AdministratorKeyName]), Given(configuration[ReadOnlyKeyName]));
    }

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
