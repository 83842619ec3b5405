using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Kafka;

/// <summary>
/// Which partitions events go to, given how many the order relied on so far, how many there are, and what they end with. When the number has
/// changed and somebody agrees, what was under way is first finished as it was begun: consumers pass over a sequence that is not above the highest
/// of its partition.
/// </summary>
public abstract record PartitionPlan
{
    private PartitionPlan()
    {
    }

    /// <summary>Sends with this many partitions.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Until">The last sequence that goes with this many; null for all.</param>
    public sealed record Send(int Count, long? Until) : PartitionPlan;

    /// <summary>Sends nothing: the number differs, and nobody has agreed to it.</summary>
    public sealed record Refuse : PartitionPlan;

    /// <summary>The plan.</summary>
    /// <param name="row">The sink.</param>
    /// <param name="found">How many partitions there are.</param>
    /// <param name="tails">What each of them ends with.</param>
    public static PartitionPlan For(SinkRow row, int found, ImmutableArray<PartitionTail> tails)
    {
        if (row.Partitions is not { } known || known == found)
        {
            return new Send(found, Until: null);
        }

        if (row.Accepted != found)
        {
            return new Refuse();
        }

        // Fewer partitions are another topic of the same name, which holds nothing that was begun.
        var last = tails.Max(static tail => tail.Sequence);
        return found > known && last > row.Position ? new Send(known, last) : new Send(found, Until: null);
    }
}
