using System.Buffers.Binary;

namespace Cartulary.Delivery.Kafka;

/// <summary>
/// The partition that Java's client gives a key (Apache Kafka, <c>Utils.murmur2</c> and the default partitioner), so that records of one asset stand
/// in one partition, in order, and other producers agree.
/// </summary>
public static class JavaPartitioner
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;
    private const int Shift = 24;

    /// <summary>The partition of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many partitions there are; above zero.</param>
    public static int PartitionOf(ReadOnlySpan<byte> key, int count) => (Hash(key) & int.MaxValue) % count;

    /// <summary>Murmur2 of a key, as Java's client computes it.</summary>
    public static int Hash(ReadOnlySpan<byte> key)
    {
        unchecked
        {
            var hash = Seed ^ (uint)key.Length;
            while (key.Length >= sizeof(uint))
            {
                var word = BinaryPrimitives.ReadUInt32LittleEndian(key) * Multiplier;
                word ^= word >> Shift;
                hash = (hash * Multiplier) ^ (word * Multiplier);
                key = key[sizeof(uint)..];
            }

            if (key.Length > 0)
            {
                for (var index = 0; index < key.Length; index++)
                {
                    hash ^= (uint)key[index] << (8 * index);
                }

                hash *= Multiplier;
            }

            hash ^= hash >> 13;
            hash *= Multiplier;
            return (int)(hash ^ (hash >> 15));
        }
    }
}
