namespace Cartulary.Core.Ports.Delivery;

/// <summary>An attempt that was made, kept for people.</summary>
/// <param name="Sequence">The event that was sent.</param>
/// <param name="Number">The how manyeth attempt of this event it was, from 1.</param>
/// <param name="Started">When it began, epoch milliseconds.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Class">What it came to, in lower case.</param>
/// <param name="Status">The HTTP status; null when none came.</param>
/// <param name="Response">How the answer's body begins, as text without secrets; empty when there is none.</param>
public sealed record StoredAttempt(long Sequence, int Number, long Started, long Milliseconds, string Class, int? Status, string Response)
{
    /// <summary>Whether the receiver has the event.</summary>
    public bool IsDelivered => Class == "delivered";
}
