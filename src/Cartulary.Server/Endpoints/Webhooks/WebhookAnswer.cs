using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Delivery.Subscriptions;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Webhooks;

/// <summary>Answers with what came of a wish for a webhook.</summary>
internal static class WebhookAnswer
{
    private const string Blocked = "invalid parameters: url names an address that messages may not go to";

    /// <summary>The id in the path.</summary>
    public static string Id(HttpContext http) => (string)http.GetRouteValue("id")!;

    /// <summary>Sends the webhook as it is now, or why not.</summary>
    public static Task SendAsync(HttpContext http, int status, SubscriptionOutcome outcome, CatalogHead head, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SubscriptionOutcome.Done done:
                http.Response.Headers.CacheControl = "no-store";
                http.Response.Headers.ETag = EntityTags.Of(done.Shown.Summary.Row.Revision);
                return JsonAnswer.SendAsync(
                    http, status, (done, head), static (writer, answer) => WebhookJson.Write(writer, answer.done.Shown, answer.head, answer.done.Secret), cancellationToken);
            case SubscriptionOutcome.Changed changed:
                var moved = $"The webhook has revision {changed.Revision} now";
                return ErrorAnswer.SendAsync(http, ErrorCodes.VersionMismatch, moved, cancellationToken);
            case SubscriptionOutcome.Expired:
                var expired = $"What follows the webhook's place has been trimmed; the oldest event kept is {head.Oldest}. Set its place with replay, then resume it";
                return ErrorAnswer.SendAsync(http, [new Problem(ErrorCodes.PositionTooOld, "status", expired)], cancellationToken);
            case SubscriptionOutcome.TooMany:
                return ErrorAnswer.SendAsync(http, ErrorCodes.TooManyWebhooks, "There are as many webhooks as are allowed; remove one first", cancellationToken);
            case SubscriptionOutcome.TwoSecrets:
                const string two = "The webhook has two secrets already; wait until the older one expires";
                return ErrorAnswer.SendAsync(http, ErrorCodes.TwoSecrets, two, cancellationToken);
            case SubscriptionOutcome.Unreadable:
                return ErrorAnswer.SendAsync(http, ErrorCodes.SecretUnreadable, "The webhook's secrets cannot be opened with the keys of this server", cancellationToken);
            case SubscriptionOutcome.Blocked:
                return ErrorAnswer.SendAsync(http, [new Problem(ErrorCodes.InvalidParameters, "url", Blocked)], cancellationToken);
            case SubscriptionOutcome.NotReached { Sending: var sending }:
                var result = sending.Result;
                var what = result.Status is { } answered ? $"it answered {answered}" : result.Class.ToString().ToLowerInvariant();
                var message = $"invalid parameters: the receiver did not take the validation message: {what}";
                return ErrorAnswer.SendAsync(http, [new Problem(ErrorCodes.InvalidParameters, "url", message)], cancellationToken);
            default:
                return ErrorAnswer.SendAsync(http, ErrorCodes.WebhookNotFound, $"There is no webhook {Id(http)}", cancellationToken);
        }
    }
}
