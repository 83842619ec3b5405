using System.IO.Compression;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cartulary.Testing.Kafka;
using CloudNative.CloudEvents.SystemTextJson;

namespace Cartulary.Scenarios.Kafka;

/// <summary>What a consumer of the topic gets.</summary>
[Collection(KafkaCollection.Name)]
public sealed class KafkaRecordScenarios
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_comes_once_with_its_envelope_under_its_asset()
    {
        await using var server = await KafkaServer.StartAsync();
        using var consumer = server.Consume();

        await server.SaveManyAsync("first", saves: 3, tables: 40);

        var feed = await server.Catalog.FeedAsync();
        feed.Count.ShouldBe(120);
        var records = consumer.TakeAll(feed.Keys, Token);
        records.ShouldHoldOnce(feed);
        foreach (var record in records)
        {
            var entity = feed[record.Sequence].GetProperty("message").GetProperty("entity");
            Encoding.UTF8.GetString(record.Value).ShouldBe(feed[record.Sequence].GetRawText());
            record.Key.ShouldBe(entity.GetProperty("guid").GetString());
        }

        records.Select(static record => record.Partition).Distinct().Count().ShouldBe(KafkaServer.Partitions);
        records.GroupBy(static record => record.Key, StringComparer.Ordinal).ShouldAllBe(static asset => asset.Select(record => record.Partition).Distinct().Count() == 1);
    }

    [Fact]
    public async Task Headers_say_where_a_record_stands_and_what_it_is_as_a_CloudEvent()
    {
        await using var server = await KafkaServer.StartAsync();
        using var consumer = server.Consume();

        await server.SaveAsync("first", tables: 1);
        await server.SaveAsync("second", tables: 1);

        var headers = consumer.TakeUntil(static taken => taken.Count == 2, Token)[1].Headers;
        var log = (await server.StatusAsync()).GetProperty("log").GetString()!;
        var message = (await server.Catalog.FeedAsync())[2].GetProperty("message");
        var guid = message.GetProperty("entity").GetProperty("guid").GetString();
        headers["cartulary-log"].ShouldBe(log);
        headers["cartulary-sequence"].ShouldBe("2");
        headers["cartulary-asset-version"].ShouldBe("2");
        headers["content-type"].ShouldBe("application/json");
        headers["ce_id"].ShouldBe("2");
        headers["ce_source"].ShouldBe($"urn:cartulary:log:{log}");
        headers["ce_specversion"].ShouldBe("1.0");
        headers["ce_type"].ShouldBe("io.cartulary.entity_update.v1");
        headers["ce_subject"].ShouldBe(guid);
        headers["ce_partitionkey"].ShouldBe(guid);
        headers["ce_sequence"].ShouldBe("00000000000000000002");
        DateTimeOffset.Parse(headers["ce_time"], System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ShouldBe(message.GetProperty("eventTime").GetInt64());
        headers.ShouldNotContainKey("ce_datacontenttype");
        headers.ShouldNotContainKey("cartulary-part");
    }

    [Fact]
    public async Task A_structured_record_is_read_by_an_independent_reader_of_CloudEvents()
    {
        await using var server = await KafkaServer.StartAsync(("CloudEvents", "structured"));
        using var consumer = server.Consume();

        await server.SaveAsync("first", tables: 1);

        var record = consumer.TakeUntil(static taken => taken.Count == 1, Token)[0];
        record.Headers.Keys.ShouldNotContain(static name => name.StartsWith("ce_", StringComparison.Ordinal));
        var read = new JsonEventFormatter().DecodeStructuredModeMessage(record.Value, new ContentType(record.Headers["content-type"]), extensionAttributes: null);
        read.Id.ShouldBe("1");
        read.Type.ShouldBe("io.cartulary.entity_create.v1");
        read.Subject.ShouldBe(record.Key);
        read["sequence"].ShouldBe("00000000000000000001");
        JsonElement.DeepEquals((JsonElement)read.Data!, (await server.Catalog.FeedAsync())[1]).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_CloudEvents_a_record_has_our_headers_alone()
    {
        await using var server = await KafkaServer.StartAsync(("CloudEvents", "none"));
        using var consumer = server.Consume();

        await server.SaveAsync("first", tables: 1);

        var record = consumer.TakeUntil(static taken => taken.Count == 1, Token)[0];
        record.Headers.Keys.Order(StringComparer.Ordinal).ShouldBe(["cartulary-asset-version", "cartulary-log", "cartulary-sequence", "content-type"]);
    }

    [Fact]
    public async Task A_large_event_comes_compressed_in_parts_that_give_its_envelope_byte_for_byte()
    {
        await using var server = await KafkaServer.StartAsync(("MaxMessageBytes", "8192"));
        using var consumer = server.Consume();
        await server.SaveAsync("small", tables: 1);

        await server.SaveAsync(Convert.ToHexString(RandomNumberGenerator.GetBytes(30_000)), tables: 1);
        await server.SaveAsync("small again", tables: 1);

        var records = consumer.TakeAll([1, 2, 3], Token);
        var feed = await server.Catalog.FeedAsync();
        var parts = records.Where(static record => record.Sequence == 2).ToList();
        parts.Count.ShouldBeGreaterThan(3);
        parts.ShouldAllBe(static part => part.Value.Length <= 8_192);
        parts.Select(static part => (part.Key, part.Partition, Id: Text(part, "msgId"))).Distinct().ShouldHaveSingleItem().Id.ShouldEndWith("_1");
        parts.Select(static part => part.Headers["cartulary-part"]).ShouldBe(Enumerable.Range(0, parts.Count).Select(part => $"{part}/{parts.Count}"));
        Encoding.UTF8.GetString(Together(parts)).ShouldBe(feed[2].GetRawText());
        records.Select(static record => record.Sequence).ShouldBe([1, .. Enumerable.Repeat(2L, parts.Count), 3]);
    }

    [Fact]
    public async Task An_event_that_fits_when_it_is_compressed_comes_in_one_record()
    {
        await using var server = await KafkaServer.StartAsync(("MaxMessageBytes", "8192"));
        using var consumer = server.Consume();

        await server.SaveAsync(new string('x', 50_000), tables: 1);

        var record = consumer.TakeUntil(static taken => taken.Count == 1, Token)[0];
        var wrapper = JsonSerializer.Deserialize<JsonElement>(record.Value);
        (wrapper.GetProperty("msgSplitIdx").GetInt32(), wrapper.GetProperty("msgSplitCount").GetInt32()).ShouldBe((1, 1));
        Encoding.UTF8.GetString(Together([record])).ShouldBe((await server.Catalog.FeedAsync())[1].GetRawText());
    }

    [Fact]
    public async Task A_first_start_begins_where_the_settings_say_and_later_ones_where_the_last_one_ended()
    {
        await using var server = await KafkaServer.StartAsync(("BootstrapServers", ""));
        await server.SaveManyAsync("before", saves: 4, tables: 1);
        await server.Catalog.Process.StopAsync(Token);
        await server.Catalog.StartAgainAsync(KafkaServer.SettingsFor(server.Cluster, ("StartAt", "2")));
        using var consumer = server.Consume();
        await server.UntilDoneAsync();

        await server.Catalog.Process.StopAsync(Token);
        await server.Catalog.StartAgainAsync(KafkaServer.SettingsFor(server.Cluster, ("StartAt", "beginning")));
        await server.SaveAsync("after", tables: 1);

        consumer.TakeAll([5], Token).Select(static record => record.Sequence).ShouldBe([3, 4, 5]);
    }

    private static byte[] Together(IEnumerable<TopicRecord> parts)
    {
        var text = string.Concat(parts.Select(static part => Text(part, "message")));
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        gzip.CopyTo(whole);
        return whole.ToArray();
    }

    private static string Text(TopicRecord part, string member) => JsonSerializer.Deserialize<JsonElement>(part.Value).GetProperty(member).GetString()!;
}
