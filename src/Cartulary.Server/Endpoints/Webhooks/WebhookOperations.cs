using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Webhooks;

/// <summary>What the calls of webhooks are.</summary>
internal static class WebhookOperations
{
    private const string Tag = "Webhooks";

    private static readonly Parameter Validate =
        Parameter.Flag("validate", "false: do not send the validation message to an address of Atlan's form. It is sent when this is absent.");

    private static readonly Parameter Limit = Parameter.Number("limit", "Most entries; 100 if absent, 1,000 at most.");

    public static readonly Operation Create = new("createWebhook", Tag, "Make a webhook")
    {
        Description = "The answer shows its secret, this once.",
        Parameters = [Validate],
        Body = "WebhookRequest",
        Answer = "MadeWebhook",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.UnknownType, ErrorCodes.TooManyWebhooks, ErrorCodes.PositionAhead, ErrorCodes.PositionTooOld, ErrorCodes.TooManyRequests],
    };

    public static readonly Operation List = new("listWebhooks", Tag, "All webhooks") { Answer = "Webhooks", Refusals = [ErrorCodes.NotAuthorized] };

    public static readonly Operation Notices = new("listWebhookNotices", Tag, "What whoever looks after webhooks should know, the oldest first")
    {
        Description = "A receiver that has failed for some time, or takes events again; a webhook that was disabled or has expired; events that were given up.",
        Parameters =
        [
            Parameter.Number("after", "Notices after this id: next of the answer before. From the oldest that is kept if absent."),
            Limit,
            Parameter.Text("webhook", "Notices of this webhook only, by its id."),
        ],
        Answer = "WebhookNotices",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.WebhookNotFound],
    };

    public static readonly Operation Get = new("getWebhook", Tag, "One webhook")
    {
        Answer = "Webhook",
        Refusals = [ErrorCodes.WebhookNotFound],
    };

    public static readonly Operation Change = new("changeWebhook", Tag, "Change, pause or resume a webhook; its place in the log stays")
    {
        Parameters = [Validate, Parameter.Header("If-Match", "The revision that it must have, in quotes.")],
        Body = "WebhookChange",
        Answer = "Webhook",
        Refusals =
        [
            ErrorCodes.InvalidParameters, ErrorCodes.UnknownType, ErrorCodes.WebhookNotFound, ErrorCodes.VersionMismatch, ErrorCodes.PositionTooOld, ErrorCodes.TooManyRequests,
        ],
    };

    public static readonly Operation Remove = new("removeWebhook", Tag, "Remove a webhook with all that is kept of it")
    {
        Answer = "RemovedWebhook",
        Refusals = [ErrorCodes.WebhookNotFound],
    };

    public static readonly Operation Test = new("testWebhook", Tag, "Send a message that is no event, and say what came of it")
    {
        Answer = "WebhookTest",
        Refusals = [ErrorCodes.WebhookNotFound, ErrorCodes.SecretUnreadable, ErrorCodes.TooManyRequests],
    };

    public static readonly Operation Replay = new("replayWebhook", Tag, "Set the place back, or on")
    {
        Description = "Events after the place are sent, again where they were sent before; those carry x-cartulary-replay: replay.",
        Body = "WebhookReplay",
        Answer = "Webhook",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.WebhookNotFound, ErrorCodes.PositionAhead, ErrorCodes.PositionTooOld],
    };

    public static readonly Operation Rotate = new("rotateWebhookSecret", Tag, "Make a new secret; the one before is used beside it for some time")
    {
        Body = "WebhookRotation",
        Answer = "MadeWebhook",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.WebhookNotFound, ErrorCodes.TwoSecrets],
    };

    public static readonly Operation Attempts = new("listWebhookAttempts", Tag, "The last attempts, newest first")
    {
        Parameters = [Limit],
        Answer = "WebhookAttempts",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.WebhookNotFound],
    };

    public static readonly Operation DeadLetters = new("listDeadLetters", Tag, "Events that were given up, in order")
    {
        Parameters = [Limit, Parameter.Number("after", "Events after this sequence.")],
        Answer = "DeadLetters",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.WebhookNotFound],
    };

    public static readonly Operation Redrive = new("redriveDeadLetters", Tag, "Send events again that were given up")
    {
        Description = "They carry x-cartulary-replay: redrive, and may be older than what the receiver has: compare assetVersion.",
        Body = "Redrive",
        Answer = "Redriven",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.WebhookNotFound],
    };
}
