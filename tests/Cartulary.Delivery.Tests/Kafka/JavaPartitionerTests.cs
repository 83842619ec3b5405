using System.Text;
using Cartulary.Delivery.Kafka;
using CsCheck;

namespace Cartulary.Delivery.Tests.Kafka;

/// <summary>Keys go where Java's client puts them.</summary>
public sealed class JavaPartitionerTests
{
    /// <summary>The vectors of Apache Kafka's own test of its hash.</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void Hashes_are_those_of_Java(string key, int hash) => JavaPartitioner.Hash(Encoding.UTF8.GetBytes(key)).ShouldBe(hash);

    [Fact]
    public void A_partition_is_one_of_those_there_are() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.Int[1, 1_000]).Sample((key, count) => JavaPartitioner.PartitionOf(key, count) is var partition && partition >= 0 && partition < count);
}
