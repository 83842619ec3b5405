namespace Cartulary.Core.Ports.Delivery;

/// <summary>An event that somebody has told a sink not to send.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Asset">The asset it is about.</param>
/// <param name="Time">When that was said, epoch milliseconds.</param>
/// <param name="Reason">Why it could not be sent, for people.</param>
public sealed record SkippedEvent(long Sequence, Guid Asset, long Time, string Reason);
