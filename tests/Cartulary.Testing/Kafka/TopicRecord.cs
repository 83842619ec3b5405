using System.Text;
using Confluent.Kafka;

namespace Cartulary.Testing.Kafka;

/// <summary>A record as a consumer got it.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Headers">Its headers.</param>
public sealed record TopicRecord(int Partition, string Key, byte[] Value, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The sequence of its event.</summary>
    public long Sequence => long.Parse(Headers["cartulary-sequence"], System.Globalization.CultureInfo.InvariantCulture);

    internal static TopicRecord Of(ConsumeResult<string, byte[]> found) => new(
        found.Partition.Value,
        found.Message.Key,
        found.Message.Value,
        found.Message.Headers.ToDictionary(static header => header.Key, static header => Encoding.UTF8.GetString(header.GetValueBytes()), StringComparer.Ordinal));
}
