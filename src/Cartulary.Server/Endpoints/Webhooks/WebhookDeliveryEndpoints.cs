using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Subscriptions;
using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Webhooks;

/// <summary>Endpoints about what a webhook was sent: test, attempts, dead letters, replay, secrets; for administrators.</summary>
internal sealed class WebhookDeliveryEndpoints(
    SubscriptionDesk desk, IDeliveryStore store, ICatalogStore catalog, BodyReader bodies, CallAllowance calls)
{
    private const int ListDefault = 100;
    private const int ListMax = 1_000;
    private const int SequencesMax = 10_000;
    private const long OverlapDefault = 86_400;
    private const long OverlapMax = 30 * 86_400;

    /// <summary>Maps them under <c>/api/webhooks/{id}</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var webhook = endpoints.MapGroup("/api/webhooks/{id}").RequireAdministrator();
        webhook.MapPost("/test", http => TestAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Test);
        webhook.MapPost("/replay", http => ReplayAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Replay);
        webhook.MapPost("/secrets", http => RotateAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Rotate);
        webhook.MapGet("/attempts", http => AttemptsAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Attempts);
        webhook.MapGet("/dead-letters", http => DeadLettersAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.DeadLetters);
        webhook.MapPost("/dead-letters/redrive", http => RedriveAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Redrive);
    }

    private async Task TestAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(http, cancellationToken) || !await calls.TryTakeAsync(http, cancellationToken))
        {
            return;
        }

        if (await desk.TestAsync(WebhookAnswer.Id(http), cancellationToken) is not { } sending)
        {
            await WebhookAnswer.SendAsync(http, 200, new SubscriptionOutcome.Unreadable(), catalog.Head, cancellationToken);
            return;
        }

        await JsonAnswer.SendAsync(
            http,
            200,
            sending,
            static (writer, sending) =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("delivered"u8, sending.Result.IsDelivered);
                writer.WriteString("class"u8, sending.Result.Class.ToString().ToLowerInvariant());
                WriteStatus(writer, sending.Result.Status);
                writer.WriteNumber("durationMs"u8, sending.Milliseconds);
                writer.WriteString("response"u8, sending.Response);
                writer.WriteEndObject();
            },
            cancellationToken);
    }

    private async Task ReplayAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, ["after", "from"], cancellationToken) is not { } json)
        {
            return;
        }

        var problems = new ProblemList();
        var after = JsonObjectBody.Number(json, "after", 0, long.MaxValue, problems);
        var from = JsonObjectBody.Number(json, "from", 0, long.MaxValue, problems);
        if (problems.Count == 0 && after is null == from is null)
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, "after", "invalid parameters: either after, a sequence, or from, a time in milliseconds, is needed"));
        }

        if (problems.Count > 0)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken);
            return;
        }

        var start = after ?? await LogTimes.PlaceBeforeAsync(catalog, from!.Value, cancellationToken);
        if (FeedPosition.Check(start, after is null ? "from" : "after", await catalog.SeeHeadAsync(cancellationToken)) is { } refusal)
        {
            await ErrorAnswer.SendAsync(http, [new Problem(refusal.Code, refusal.Parameter, refusal.Message)], cancellationToken);
            return;
        }

        await WebhookAnswer.SendAsync(http, 200, await desk.ReplayAsync(WebhookAnswer.Id(http), start, cancellationToken), catalog.Head, cancellationToken);
    }

    private async Task RotateAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, ["overlapSeconds"], cancellationToken) is not { } json)
        {
            return;
        }

        var problems = new ProblemList();
        var overlap = JsonObjectBody.Number(json, "overlapSeconds", 0, OverlapMax, problems) ?? OverlapDefault;
        if (problems.Count > 0)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken);
            return;
        }

        var outcome = await desk.RotateAsync(WebhookAnswer.Id(http), TimeSpan.FromSeconds(overlap), cancellationToken);
        await WebhookAnswer.SendAsync(http, 200, outcome, catalog.Head, cancellationToken);
    }

    private async Task AttemptsAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var limit = query.Number("limit", ListDefault, min: 1, ListMax);
        if (!await IsFineAsync(http, query, cancellationToken))
        {
            return;
        }

        var attempts = await store.AttemptsAsync(WebhookAnswer.Id(http), limit, cancellationToken);
        await JsonAnswer.SendAsync(http, 200, attempts, WriteAttempts, cancellationToken);
    }

    private async Task DeadLettersAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var limit = query.Number("limit", ListDefault, min: 1, ListMax);
        var after = query.Place("after");
        if (!await IsFineAsync(http, query, cancellationToken))
        {
            return;
        }

        var letters = await store.DeadLettersAsync(WebhookAnswer.Id(http), after, limit, cancellationToken);
        await JsonAnswer.SendAsync(http, 200, letters, WriteDeadLetters, cancellationToken);
    }

    private async Task RedriveAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, ["sequences", "all"], cancellationToken) is not { } json)
        {
            return;
        }

        var all = json.TryGetProperty("all"u8, out var flag) && flag.ValueKind == JsonValueKind.True;
        ImmutableArray<long> sequences = [];
        if (json.TryGetProperty("sequences"u8, out var list)
            && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() <= SequencesMax
            && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out _)))
        {
            sequences = [.. list.EnumerateArray().Select(item => item.GetInt64())];
        }

        if (all != sequences.IsEmpty)
        {
            var message = $"invalid parameters: either all, true, or sequences, an array of 1 to {SequencesMax} numbers, is needed";
            await ErrorAnswer.SendAsync(http, [new Problem(ErrorCodes.InvalidParameters, "sequences", message)], cancellationToken);
            return;
        }

        var count = await desk.RedriveAsync(WebhookAnswer.Id(http), sequences, cancellationToken);
        await JsonAnswer.SendAsync(
            http,
            200,
            count,
            static (writer, count) =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("redriven"u8, count);
                writer.WriteEndObject();
            },
            cancellationToken);
    }

    private async ValueTask<bool> IsFineAsync(HttpContext http, QueryReader query, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return false;
        }

        return await IsThereAsync(http, cancellationToken);
    }

    private async ValueTask<bool> IsThereAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(WebhookAnswer.Id(http), cancellationToken) is not null)
        {
            return true;
        }

        await WebhookAnswer.SendAsync(http, 404, new SubscriptionOutcome.NotFound(), catalog.Head, cancellationToken);
        return false;
    }

    /// <summary>The body, an object with these members at most; null when the request has been answered.</summary>
    private async ValueTask<JsonElement?> ReadAsync(HttpContext http, string[] members, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return null;
        }

        var problems = new ProblemList();
        var json = JsonObjectBody.Parse(body.Written.IsEmpty ? "{}"u8.ToArray() : body.Written, problems);
        foreach (var member in json?.EnumerateObject().Where(member => !members.Contains(member.Name)) ?? [])
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, member.Name, $"invalid parameters: {member.Name} means nothing here"));
        }

        if (problems.Count > 0)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken);
            return null;
        }

        return await IsThereAsync(http, cancellationToken) ? json : null;
    }

    private static void WriteAttempts(Utf8JsonWriter writer, ImmutableArray<StoredAttempt> attempts)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("attempts"u8);
        foreach (var attempt in attempts)
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence"u8, attempt.Sequence);
            writer.WriteNumber("number"u8, attempt.Number);
            writer.WriteNumber("startedAt"u8, attempt.Started);
            writer.WriteNumber("durationMs"u8, attempt.Milliseconds);
            writer.WriteString("class"u8, attempt.Class);
            WriteStatus(writer, attempt.Status);
            writer.WriteString("response"u8, attempt.Response);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteDeadLetters(Utf8JsonWriter writer, ImmutableArray<DeadLetter> letters)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("deadLetters"u8);
        foreach (var letter in letters)
        {
            writer.WriteStartObject();
            writer.WriteNumber("sequence"u8, letter.Sequence);
            writer.WriteString("guid"u8, letter.Asset);
            writer.WriteNumber("attempts"u8, letter.Attempts);
            writer.WriteNumber("time"u8, letter.Time);
            writer.WriteString("reason"u8, letter.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, int? status)
    {
        if (status is { } there)
        {
            writer.WriteNumber("status"u8, there);
        }
    }
}
