using System.Text.Json;
using Cartulary.Testing.Kafka;

namespace Cartulary.Scenarios.Kafka;

/// <summary>What a topic must be, beside the feed.</summary>
public static class TopicChecks
{
    /// <summary>Each event once, and rising sequences in each partition.</summary>
    public static void ShouldHoldOnce(this IReadOnlyList<TopicRecord> records, IReadOnlyDictionary<long, JsonElement> feed)
    {
        records.Select(static record => record.Sequence).Order().ShouldBe(feed.Keys.Order());
        records.ShouldRise();
    }

    /// <summary>Sequences rise in each partition.</summary>
    public static void ShouldRise(this IReadOnlyList<TopicRecord> records)
    {
        foreach (var partition in records.GroupBy(static record => record.Partition))
        {
            var sequences = partition.Select(static record => record.Sequence).ToList();
            sequences.ShouldBe(sequences.Order());
        }
    }
}
