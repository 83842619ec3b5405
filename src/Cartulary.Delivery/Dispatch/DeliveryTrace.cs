using System.Diagnostics;
using Cartulary.Core.Events;
using Cartulary.Delivery.Messages;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// The spans of deliveries, for who listens to <see cref="SourceName"/>; where nobody does they are null and cost nothing. A delivery belongs to the
/// trace of the save that it tells of, where that was traced.
/// </summary>
public static class DeliveryTrace
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Cartulary.Delivery";

    private static readonly ActivitySource Source = new(SourceName);

    internal static Activity? Deliver(FeedEvent told, string subscription)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        _ = ActivityContext.TryParse(TraceParent.Of(told.Label), traceState: null, isRemote: true, out var save);
        return Source.StartActivity("deliver", ActivityKind.Producer, save)
            ?.SetTag("cartulary.sequence", told.Sequence)
            .SetTag("cartulary.subscription", subscription);
    }

    internal static void Note(this Activity? span, Sending sending) => span
        ?.SetTag("cartulary.outcome", sending.Result.Class.ToString().ToLowerInvariant())
        .SetStatus(sending.Result.IsDelivered ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
}
