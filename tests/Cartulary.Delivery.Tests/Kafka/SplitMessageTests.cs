using System.IO.Compression;
using System.Text.Json;
using Cartulary.Delivery.Kafka;
using CsCheck;

namespace Cartulary.Delivery.Tests.Kafka;

/// <summary>Parts of large values are what Apache Atlas's consumers expect.</summary>
public sealed class SplitMessageTests
{
    private const int BytesMax = 4_096;
    private static readonly Guid Log = Guid.Parse("0193a4be-2f5d-7c1e-8a55-0d1f6f0a9c11");

    [Fact]
    public void Parts_give_the_value_again_and_none_is_too_large() => Gen.Byte.Array[0, 40_000].Sample(value =>
    {
        var parts = SplitMessage.Of(Log, 7, value, BytesMax);

        parts.ShouldAllBe(static part => part.Length <= BytesMax);
        Together(parts).ShouldBe(value);
        var read = parts.Select(static part => JsonSerializer.Deserialize<JsonElement>(part)).ToList();
        read.Select(static part => part.GetProperty("msgId").GetString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        read.ShouldAllBe(part => part.GetProperty("msgSplitCount").GetInt32() == parts.Length);
        read.Select(static part => part.GetProperty("msgSplitIdx").GetInt32()).ShouldBe(parts.Length == 1 ? [1] : Enumerable.Range(0, parts.Length));
    });

    [Fact]
    public void A_resend_is_the_same_and_another_event_has_another_id()
    {
        var value = new byte[20_000];
        new Random(1).NextBytes(value);

        SplitMessage.Of(Log, 7, value, BytesMax).ShouldBe(SplitMessage.Of(Log, 7, value, BytesMax), comparer: new SameBytes());
        IdOf(SplitMessage.Of(Log, 7, value, BytesMax)[0]).ShouldNotBe(IdOf(SplitMessage.Of(Log, 8, value, BytesMax)[0]));
        IdOf(SplitMessage.Of(Log, 7, value, BytesMax)[0]).ShouldNotBe(IdOf(SplitMessage.Of(Guid.Empty, 7, value, BytesMax)[0]));
    }

    [Fact]
    public void The_wrapper_is_that_of_Atlas()
    {
        var part = JsonSerializer.Deserialize<JsonElement>(SplitMessage.Of(Log, 7, "{}"u8, BytesMax)[0]);

        part.EnumerateObject().Select(static member => member.Name).ShouldBe(["version", "msgId", "msgCompressionKind", "msgSplitIdx", "msgSplitCount", "message"]);
        part.GetProperty("version").GetRawText().ShouldBe("""{"version":"1.0.0","versionParts":[1]}""");
        part.GetProperty("msgCompressionKind").GetString().ShouldBe("GZIP");
        Guid.Parse(IdOf(SplitMessage.Of(Log, 7, "{}"u8, BytesMax)[0])![..36]).Version.ShouldBe(8);
    }

    private static string? IdOf(byte[] part) => JsonSerializer.Deserialize<JsonElement>(part).GetProperty("msgId").GetString();

    private static byte[] Together(IEnumerable<byte[]> parts)
    {
        var text = string.Concat(parts.Select(static part => JsonSerializer.Deserialize<JsonElement>(part).GetProperty("message").GetString()));
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        gzip.CopyTo(whole);
        return whole.ToArray();
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
