namespace Cartulary.Core.Ports.Delivery;

/// <summary>An event that a subscription has given up.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Asset">The asset it is about.</param>
/// <param name="Attempts">How many attempts have failed.</param>
/// <param name="Time">When it was given up, epoch milliseconds.</param>
/// <param name="Reason">What the last attempt came to, for people.</param>
public sealed record DeadLetter(long Sequence, Guid Asset, int Attempts, long Time, string Reason);
