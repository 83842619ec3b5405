namespace Cartulary.Delivery.Dispatch;

/// <summary>An event that a subscription is to get.</summary>
/// <param name="Sequence">Its place in the log.</param>
/// <param name="Asset">The asset it is about; events of one asset are sent one after another.</param>
/// <param name="Bytes">How large its envelope is.</param>
public readonly record struct PendingEvent(long Sequence, Guid Asset, int Bytes);
