using System.Diagnostics.Metrics;

namespace Cartulary.Storage.Postgres;

/// <summary>What is counted of the PostgreSQL store.</summary>
internal static class StorageMetrics
{
    private static readonly Meter Meter = new("Cartulary.Storage");

    /// <summary>Failovers that lost commits which this server had seen.</summary>
    public static readonly Counter<long> TailsLost = Meter.CreateCounter<long>(
        "cartulary_log_tails_lost", description: "Times the database came back without commits that this server had seen");
}
