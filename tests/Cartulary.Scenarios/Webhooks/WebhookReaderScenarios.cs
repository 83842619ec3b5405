using System.Net.Mime;
using System.Text;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>Readers that others have written take what is sent: of Standard Webhooks and of CloudEvents.</summary>
public sealed class WebhookReaderScenarios
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_passes_the_library_of_standard_webhooks_and_a_changed_one_does_not()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        var secret = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("secret").GetString()!;
        await server.SaveAsync("Euro € 😀 \"quoted\"", "orders");
        var message = (await receiver.WaitAsync(events => events.Count == 1, Token))[0];
        var body = Encoding.UTF8.GetString(message.Body);

        Should.NotThrow(() => new StandardWebhook(secret).Verify(body, HeadersOf(message)));

        Should.Throw<WebhookVerificationException>(() => new StandardWebhook(secret).Verify(body.Replace("quoted", "quotes", StringComparison.Ordinal), HeadersOf(message)));
        Should.Throw<WebhookVerificationException>(() => new StandardWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").Verify(body, HeadersOf(message)));
    }

    [Fact]
    public async Task A_message_is_a_cloud_event_with_its_place_its_asset_and_its_trace()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        await server.CreateAsync(receiver, "cloudevents");
        await server.SaveAsync("Euro € 😀", [new("traceparent", Trace), new("x-atlan-request-id", "request-1")], "orders");
        var message = (await receiver.WaitAsync(events => events.Count == 1, Token))[0];

        var read = new JsonEventFormatter().DecodeStructuredModeMessage(message.Body, new ContentType(message.Headers["content-type"]), extensionAttributes: null);

        read.IsValid.ShouldBeTrue();
        read.Type.ShouldBe("io.cartulary.entity_create.v1");
        read.Id.ShouldBe("1");
        read.Source!.ToString().ShouldStartWith("urn:cartulary:log:");
        read.Subject.ShouldBe(message.Asset);
        read.Time.ShouldNotBeNull();
        read.DataContentType.ShouldBe("application/json");
        read["sequence"].ShouldBe("00000000000000000001");
        read["partitionkey"].ShouldBe(message.Asset);
        read["correlationid"].ShouldBe("request-1");
        read["traceparent"].ShouldBe(Trace);
        message.Headers["traceparent"].ShouldBe(Trace);
        read.Data!.ToString()!.ShouldContain("Euro");
    }

    [Fact]
    public async Task What_is_no_trace_is_not_carried()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        await server.CreateAsync(receiver, "atlan");
        await server.SaveAsync("first", [new("traceparent", "00-zero")], "orders");

        var message = (await receiver.WaitAsync(events => events.Count == 1, Token))[0];

        message.Headers.ContainsKey("traceparent").ShouldBeFalse();
    }

    private static HeaderDictionary HeadersOf(ReceivedMessage message)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in message.Headers)
        {
            headers[name] = value;
        }

        return headers;
    }
}
