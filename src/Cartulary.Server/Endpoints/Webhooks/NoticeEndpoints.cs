using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Webhooks;

/// <summary>The endpoint that tells what whoever looks after webhooks should know; for administrators.</summary>
internal sealed class NoticeEndpoints(IDeliveryStore store)
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;

    /// <summary>Maps <c>/api/webhooks/notices</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGroup("/api/webhooks/notices").RequireAdministrator()
        .MapGet("", http => ListAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Notices);

    private async Task ListAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var limit = query.Number("limit", LimitDefault, min: 1, LimitMax);
        var after = query.Place("after");
        var webhook = query.Text("webhook");
        http.Response.Headers.CacheControl = "no-store";
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        if (webhook is not null && await store.FindAsync(webhook, cancellationToken) is null)
        {
            await ErrorAnswer.SendAsync(http, ErrorCodes.WebhookNotFound, $"There is no webhook {webhook}", cancellationToken);
            return;
        }

        var notices = await store.NoticesAsync(webhook, after, limit, cancellationToken);
        await JsonAnswer.SendAsync(
            http,
            200,
            (notices, Next: notices is [.., var last] ? last.Id : after),
            static (writer, answer) =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("notices"u8);
                foreach (var notice in answer.notices)
                {
                    Write(writer, notice);
                }

                writer.WriteEndArray();
                writer.WriteNumber("next"u8, answer.Next);
                writer.WriteEndObject();
            },
            cancellationToken);
    }

    private static void Write(Utf8JsonWriter writer, StoredNotice stored)
    {
        var notice = stored.Notice;
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, stored.Id);
        writer.WriteString("type"u8, TypeOf(notice.Kind));
        writer.WriteString("webhook"u8, stored.Subscription);
        writer.WriteNumber("time"u8, notice.Time);
        WriteNumber(writer, "since", notice.Since);
        WriteNumber(writer, "sequence", notice.Sequence);
        WriteNumber(writer, "count", notice.Count);
        if (notice.Reason is { } reason)
        {
            writer.WriteString("reason"u8, reason);
        }

        writer.WriteEndObject();
    }

    private static string TypeOf(NoticeKind kind) => kind switch
    {
        NoticeKind.Failing => "webhook.failing",
        NoticeKind.Recovered => "webhook.recovered",
        NoticeKind.Disabled => "webhook.disabled",
        NoticeKind.DeadLetter => "webhook.dead_letter",
        NoticeKind.Expired => "webhook.expired",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? number)
    {
        if (number is { } there)
        {
            writer.WriteNumber(name, there);
        }
    }
}
