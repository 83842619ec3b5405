namespace Cartulary.Delivery.Dispatch;

/// <summary>A message under way.</summary>
/// <param name="Started">When it was sent, in ticks of the clock.</param>
/// <param name="WasSuspect">What its subscription counted as then.</param>
internal readonly record struct UnderWay(long Started, bool WasSuspect);
