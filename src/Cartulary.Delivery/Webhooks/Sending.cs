using Cartulary.Delivery.Dispatch;

namespace Cartulary.Delivery.Webhooks;

/// <summary>How a message was sent.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Response">How the answer's body begins, as text; empty when there is none.</param>
public sealed record Sending(AttemptResult Result, long Milliseconds, string Response);
