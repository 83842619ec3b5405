using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cartulary.Cli.Client;

/// <content>Webhooks.</content>
internal sealed partial class CatalogClient
{
    private const string Webhooks = "api/webhooks";

    /// <summary>All webhooks.</summary>
    public async Task<ImmutableArray<WebhookEntry>> ListWebhooksAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Get, Webhooks, body: null, cancellationToken);
        return [.. answer.Items("webhooks").Select(item => new WebhookEntry(item))];
    }

    /// <summary>Makes a webhook. It is asked for only once: a second request would make a second one.</summary>
    public async Task<WebhookEntry> CreateWebhookAsync(JsonObject wish, bool validates, CancellationToken cancellationToken) =>
        new(await SendOnceAsync(HttpMethod.Post, validates ? Webhooks : $"{Webhooks}?validate=false", BytesOf(wish), key: null, cancellationToken));

    /// <summary>One webhook.</summary>
    public async Task<WebhookEntry> ReadWebhookAsync(string id, CancellationToken cancellationToken) =>
        new(await SendAsync(HttpMethod.Get, PathOf(id), body: null, cancellationToken));

    /// <summary>Changes a webhook.</summary>
    public async Task<WebhookEntry> ChangeWebhookAsync(string id, JsonObject wish, CancellationToken cancellationToken) =>
        new(await SendAsync(HttpMethod.Patch, PathOf(id), BytesOf(wish), cancellationToken));

    /// <summary>Removes a webhook with all that is kept of it.</summary>
    public Task<JsonElement> RemoveWebhookAsync(string id, CancellationToken cancellationToken) =>
        SendOnceAsync(HttpMethod.Delete, PathOf(id), body: null, key: null, cancellationToken);

    /// <summary>Sends a message that is no event, and says what came of it.</summary>
    public Task<JsonElement> TestWebhookAsync(string id, CancellationToken cancellationToken) =>
        SendOnceAsync(HttpMethod.Post, PathOf(id, "test"), BytesOf([]), key: null, cancellationToken);

    /// <summary>Sets the place of a webhook.</summary>
    public async Task<WebhookEntry> ReplayWebhookAsync(string id, JsonObject place, CancellationToken cancellationToken) =>
        new(await SendAsync(HttpMethod.Post, PathOf(id, "replay"), BytesOf(place), cancellationToken));

    /// <summary>Makes a new secret. It is asked for only once: a second request would make a second one.</summary>
    public async Task<WebhookEntry> RotateWebhookAsync(string id, long overlapSeconds, CancellationToken cancellationToken) =>
        new(await SendOnceAsync(
            HttpMethod.Post, PathOf(id, "secrets"), BytesOf(new JsonObject { ["overlapSeconds"] = overlapSeconds }), key: null, cancellationToken));

    /// <summary>The last attempts, newest first.</summary>
    public async Task<ImmutableArray<JsonElement>> ListAttemptsAsync(string id, int limit, CancellationToken cancellationToken)
    {
        var path = PathOf(id, string.Create(CultureInfo.InvariantCulture, $"attempts?limit={limit}"));
        return [.. (await SendAsync(HttpMethod.Get, path, body: null, cancellationToken)).Items("attempts")];
    }

    /// <summary>What to know of a webhook, or of all when none is named, after a notice.</summary>
    public async Task<ImmutableArray<JsonElement>> ListNoticesAsync(string? id, long after, int limit, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{Webhooks}/notices?after={after}&limit={limit}");
        var answer = await SendAsync(HttpMethod.Get, id is null ? path : $"{path}&webhook={Uri.EscapeDataString(id)}", body: null, cancellationToken);
        return [.. answer.Items("notices")];
    }

    /// <summary>Events that were given up, by sequence, after one.</summary>
    public async Task<ImmutableArray<JsonElement>> ListDeadLettersAsync(string id, long after, int limit, CancellationToken cancellationToken)
    {
        var path = PathOf(id, string.Create(CultureInfo.InvariantCulture, $"dead-letters?after={after}&limit={limit}"));
        return [.. (await SendAsync(HttpMethod.Get, path, body: null, cancellationToken)).Items("deadLetters")];
    }

    /// <summary>Has events that were given up sent again; gives how many.</summary>
    public async Task<long> RedriveAsync(string id, JsonObject which, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, PathOf(id, "dead-letters/redrive"), BytesOf(which), cancellationToken)).Number("redriven") ?? 0;

    private static string PathOf(string id) => $"{Webhooks}/{Uri.EscapeDataString(id)}";

    private static string PathOf(string id, string below) => $"{PathOf(id)}/{below}";

    private static byte[] BytesOf(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
