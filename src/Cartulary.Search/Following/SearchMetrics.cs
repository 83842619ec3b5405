using System.Diagnostics.Metrics;

namespace Cartulary.Search.Following;

/// <summary>What the search index counts; named in docs/reference/metrics.md.</summary>
public static class SearchMetrics
{
    private static readonly Meter Meter = new("Cartulary.Search");

    private static readonly Counter<long> Builds = Meter.CreateCounter<long>(
        "cartulary_search_builds_total", unit: null, "How often the search index was built from the catalog.");

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private static readonly Histogram<double> Durations = Meter.CreateHistogram(
        "cartulary_search_duration_seconds", "s", "How long searches took in the index, by what came of them.", tags: null, Seconds);

    private static readonly Histogram<double> Waits = Meter.CreateHistogram(
        "cartulary_search_wait_seconds", "s", "How long searches waited for the index to follow the log.", tags: null, Seconds);

    /// <summary>Shows at zero what has not happened yet.</summary>
    public static void ShowZeros() => Builds.Add(0);

    internal static void Built() => Builds.Add(1);

    internal static void Waited(TimeSpan time) => Waits.Record(time.TotalSeconds);

    internal static void Searched(TimeSpan time, string outcome) => Durations.Record(time.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
}
