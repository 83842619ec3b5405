using System.Diagnostics;

namespace Cartulary.Load.Driving;

/// <summary>Every latency of a run, none left out.</summary>
internal sealed class Latencies
{
    private readonly long[] _sorted;

    /// <summary>Takes durations in ticks of <see cref="Stopwatch"/>.</summary>
    public Latencies(IEnumerable<long> ticks) => _sorted = [.. ticks.Order()];

    /// <summary>The latency in microseconds that this share of all requests does not exceed.</summary>
    public double Microseconds(double share) =>
        _sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)] * 1_000_000.0 / Stopwatch.Frequency;
}
