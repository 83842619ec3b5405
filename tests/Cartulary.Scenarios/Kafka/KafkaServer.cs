using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Webhooks;
using Cartulary.Testing.Kafka;

namespace Cartulary.Scenarios.Kafka;

/// <summary>A server that sends its events to brokers in this process.</summary>
public sealed class KafkaServer : IAsyncDisposable
{
    public const string Topic = "ATLAS_ENTITIES";
    public const int Partitions = 4;

    private KafkaServer(MockCluster cluster, WebhookServer catalog)
    {
        Cluster = cluster;
        Catalog = catalog;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The brokers.</summary>
    public MockCluster Cluster { get; }

    /// <summary>The server and its catalog.</summary>
    public WebhookServer Catalog { get; }

    /// <summary>Starts brokers with the topic, and a server with more settings, each of section Kafka unless it names another.</summary>
    public static async Task<KafkaServer> StartAsync(params (string Name, string Value)[] settings)
    {
        var cluster = new MockCluster();
        cluster.CreateTopic(Topic, Partitions);
        return await StartAsync(cluster, settings);
    }

    /// <summary>Starts a server beside brokers, which are disposed with it.</summary>
    public static async Task<KafkaServer> StartAsync(MockCluster cluster, params (string Name, string Value)[] settings)
    {
        try
        {
            return new KafkaServer(cluster, await WebhookServer.StartAsync(SettingsFor(cluster, settings)));
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>The settings of a server beside brokers.</summary>
    public static KeyValuePair<string, string>[] SettingsFor(MockCluster cluster, params (string Name, string Value)[] settings) =>
    [
        new("Kafka__BootstrapServers", cluster.BootstrapServers),
        .. settings.Select(setting => KeyValuePair.Create(setting.Name.Contains("__", StringComparison.Ordinal) ? setting.Name : $"Kafka__{setting.Name}", setting.Value)),
    ];

    /// <summary>A consumer of the topic.</summary>
    public TopicConsumer Consume(int partitions = Partitions) => new(Cluster.BootstrapServers, Topic, partitions);

    /// <summary>How the sink does.</summary>
    public async Task<JsonElement> StatusAsync() => (await Catalog.CallAsync(HttpMethod.Get, "/api/sinks/kafka")).Success();

    /// <summary>Lets the sink go on.</summary>
    public Task<HttpReply> ResumeAsync(JsonObject? wish = null) => Catalog.CallAsync(HttpMethod.Post, "/api/sinks/kafka/resume", wish ?? []);

    /// <summary>Waits until the sink is as wished.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isSo)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await StatusAsync() is var status && isSo(status))
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Token);
        }

        throw new TimeoutException($"{(await StatusAsync()).GetRawText()}\n{Catalog.Process.Output}");
    }

    /// <summary>Waits until the sink is blocked for a reason.</summary>
    public Task<JsonElement> UntilBlockedAsync(string reason) =>
        UntilAsync(status => Is(status, "BLOCKED") && status.GetProperty("statusReason").GetString() == reason);

    /// <summary>Waits until all that is in the log is in the topic.</summary>
    public Task<JsonElement> UntilDoneAsync() => UntilAsync(static status => Is(status, "ACTIVE") && status.GetProperty("lag").GetInt64() == 0 && status.TryGetProperty("position", out _));

    /// <summary>Saves so many tables, each with a new description.</summary>
    public Task SaveAsync(string description, int tables) =>
        Catalog.SaveAsync(description, [.. Enumerable.Range(0, tables).Select(static table => table.ToString("D4", CultureInfo.InvariantCulture))]);

    /// <summary>Saves so many times.</summary>
    public async Task SaveManyAsync(string description, int saves, int tables)
    {
        for (var save = 0; save < saves; save++)
        {
            await SaveAsync($"{description} {save.ToString(CultureInfo.InvariantCulture)}", tables);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Catalog.DisposeAsync();
        Cluster.Dispose();
    }

    public static bool Is(JsonElement status, string word) => status.GetProperty("status").GetString() == word;
}
