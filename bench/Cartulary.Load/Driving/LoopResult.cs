namespace Cartulary.Load.Driving;

/// <summary>What a run of clients did.</summary>
internal sealed record LoopResult(long Assets, TimeSpan Elapsed, Latencies Latencies)
{
    /// <summary>Assets in a second.</summary>
    public double Rate => Assets / Elapsed.TotalSeconds;
}
