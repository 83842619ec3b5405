namespace Cartulary.Core.Ports.Delivery;

/// <summary>An event that the others of its subscription have passed, and that is tried again.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Asset">The asset it is about; later events of it wait.</param>
/// <param name="Attempts">How many attempts have failed.</param>
/// <param name="Due">When it is tried again, epoch milliseconds; null as soon as it is the first of its asset.</param>
/// <param name="IsRedriven">Whether it was given up before and somebody asked for it again.</param>
public sealed record ParkedEvent(long Sequence, Guid Asset, int Attempts, long? Due, bool IsRedriven = false);
