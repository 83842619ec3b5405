using System.Diagnostics.Metrics;

namespace Cartulary.Core.Save;

/// <summary>What is measured about saves.</summary>
internal static class SaveMetrics
{
    /// <summary>The bytes were known.</summary>
    public const string Bytes = "bytes";

    /// <summary>Every value was compared.</summary>
    public const string Comparison = "comparison";

    private static readonly Meter Meter = new("Cartulary.Core");

    private static readonly Counter<long> Unchanged = Meter.CreateCounter<long>(
        "cartulary.save.noop", "{asset}", "Assets in saves that changed nothing of them, by how that was found: bytes or comparison");

    /// <summary>Counts members of a request that changed nothing.</summary>
    public static void CountUnchanged(int members, string decidedBy)
    {
        if (members > 0)
        {
            Unchanged.Add(members, new KeyValuePair<string, object?>("decided_by", decidedBy));
        }
    }
}
