using System.Globalization;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Delivery.Subscriptions;
using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Webhooks;

/// <summary>Endpoints that make, list, change and remove webhooks; for administrators.</summary>
internal sealed class WebhookEndpoints(
    SubscriptionDesk desk, ICatalogStore catalog, TypeRegistrySource types, BodyReader bodies, CallAllowance calls)
{
    /// <summary>Maps <c>/api/webhooks</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var webhooks = endpoints.MapGroup("/api/webhooks").RequireAdministrator();
        webhooks.MapPost("", http => CreateAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Create);
        webhooks.MapGet("", http => ListAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.List);
        webhooks.MapGet("/{id}", http => GetAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Get);
        webhooks.MapPatch("/{id}", http => ChangeAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Change);
        webhooks.MapDelete("/{id}", http => RemoveAsync(http, http.RequestAborted)).Describe(static () => WebhookOperations.Remove);
    }

    private async Task CreateAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (wish, validate) = await ReadAsync(http, isNew: true, cancellationToken);
        if (wish is null)
        {
            return;
        }

        if (!await calls.TryTakeAsync(http, cancellationToken))
        {
            return;
        }

        var head = await catalog.SeeHeadAsync(cancellationToken);
        if (wish.StartAt is { } start && FeedPosition.Check(start, "startAt", head) is { } refusal)
        {
            await ErrorAnswer.SendAsync(http, [new Problem(refusal.Code, refusal.Parameter, refusal.Message)], cancellationToken);
            return;
        }

        await WebhookAnswer.SendAsync(http, 200, await desk.CreateAsync(wish, http.Principal().Name, validate, cancellationToken), catalog.Head, cancellationToken);
    }

    private async Task ListAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var all = await desk.ListAsync(cancellationToken);
        var head = catalog.Head;
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.SendAsync(
            http,
            200,
            (all, head),
            static (writer, list) =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("webhooks"u8);
                foreach (var shown in list.all)
                {
                    WebhookJson.Write(writer, shown, list.head, secret: null);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            },
            cancellationToken);
    }

    private async Task GetAsync(HttpContext http, CancellationToken cancellationToken) =>
        await WebhookAnswer.SendAsync(http, 200, await desk.FindAsync(WebhookAnswer.Id(http), cancellationToken), catalog.Head, cancellationToken);

    private async Task ChangeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (wish, validate) = await ReadAsync(http, isNew: false, cancellationToken);
        if (wish is null)
        {
            return;
        }

        long? revision = null;
        if (http.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag)
        {
            if (!long.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var expected))
            {
                await ErrorAnswer.SendAsync(http, ErrorCodes.InvalidParameters, $"invalid parameters: If-Match must be a revision in quotes, not {tag}", cancellationToken);
                return;
            }

            revision = expected;
        }

        if (wish.Url is not null && !await calls.TryTakeAsync(http, cancellationToken))
        {
            return;
        }

        var outcome = await desk.ChangeAsync(WebhookAnswer.Id(http), wish, revision, validate, cancellationToken);
        await WebhookAnswer.SendAsync(http, 200, outcome, catalog.Head, cancellationToken);
    }

    private async Task RemoveAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await desk.RemoveAsync(WebhookAnswer.Id(http), cancellationToken))
        {
            await JsonAnswer.SendAsync(
                http,
                200,
                WebhookAnswer.Id(http),
                static (writer, id) =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("id"u8, id);
                    writer.WriteEndObject();
                },
                cancellationToken);
            return;
        }

        await WebhookAnswer.SendAsync(http, 404, new SubscriptionOutcome.NotFound(), catalog.Head, cancellationToken);
    }

    private async ValueTask<(SubscriptionWish? Wish, bool Validate)> ReadAsync(HttpContext http, bool isNew, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var validate = query.Text("validate") is null || query.Flag("validate");
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return default;
        }

        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return default;
        }

        var registry = await types.SeeAsync(catalog, cancellationToken);
        var wish = isNew
            ? WebhookRequest.ReadNew(body.Written, registry, out var problems)
            : WebhookRequest.ReadChange(body.Written, registry, out problems);
        if (wish is null)
        {
            await ErrorAnswer.SendAsync(http, problems, cancellationToken);
        }

        return (wish, validate);
    }
}
