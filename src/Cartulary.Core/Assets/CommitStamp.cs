namespace Cartulary.Core.Assets;

/// <summary>Who committed, and when.</summary>
/// <param name="Actor">The principal's name.</param>
/// <param name="Time">Commit time, epoch milliseconds.</param>
public sealed record CommitStamp(string Actor, long Time);
