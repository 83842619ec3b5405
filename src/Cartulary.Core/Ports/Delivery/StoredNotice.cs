namespace Cartulary.Core.Ports.Delivery;

/// <summary>A notice as it is kept.</summary>
/// <param name="Id">Its place among all notices: later ones have greater ids, and none is used twice.</param>
/// <param name="Subscription">The subscription that it is about.</param>
/// <param name="Notice">What it says.</param>
public sealed record StoredNotice(long Id, string Subscription, DeliveryNotice Notice);
