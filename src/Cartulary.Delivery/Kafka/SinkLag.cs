namespace Cartulary.Delivery.Kafka;

/// <summary>How far the sink is behind the log.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Seconds">The age of the oldest of them.</param>
/// <param name="IsBlocked">Whether somebody must resume it.</param>
public sealed record SinkLag(long Events, double Seconds, bool IsBlocked);
