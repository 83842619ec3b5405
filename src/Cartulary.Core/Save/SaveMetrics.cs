using System.Diagnostics.Metrics;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save;

/// <summary>What is measured about saves.</summary>
public static class SaveMetrics
{
    /// <summary>The bytes were known.</summary>
    internal const string Bytes = "bytes";

    /// <summary>Every value was compared.</summary>
    internal const string Comparison = "comparison";

    private static readonly Meter Meter = new("Cartulary.Core");

    private static readonly Counter<long> Unchanged = Meter.CreateCounter<long>(
        "cartulary.save.noop", "{asset}", "Assets in saves that changed nothing of them, by how that was found: bytes or comparison");

    /// <summary>Shows at zero what has not happened yet, so that the first time is seen as a rise.</summary>
    public static void ShowZeros()
    {
        foreach (var way in (ReadOnlySpan<string>)[Bytes, Comparison])
        {
            Unchanged.Add(0, new KeyValuePair<string, object?>("decided_by", way));
        }

        UnknownAttributes.ShowZero();
    }

    /// <summary>Counts members of a request that changed nothing.</summary>
    internal static void CountUnchanged(int members, string decidedBy)
    {
        if (members > 0)
        {
            Unchanged.Add(members, new KeyValuePair<string, object?>("decided_by", decidedBy));
        }
    }
}
