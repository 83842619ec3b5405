using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.BadInput;

/// <summary>Clients that send slowly, break off, or come in too great numbers hold nothing for ever, and others are served meanwhile.</summary>
public sealed class SlowClientTests
{
    private const string Save = """{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t"}}]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_refused_and_its_room_given_back()
    {
        await using var host = await Host.StartAsync("--Limits:BodySeconds=1", "--Limits:BodyBytesInFlight=2000", "--Limits:BodyBytes=2000");
        using var slow = await ConnectAsync(host, Head(1_500) + "{");
        await RefusedAsync(host, 429);

        var answer = await RawAnswer.ReadAsync(slow.GetStream(), Token).WaitAsync(Patience, Token);

        (answer.Status, answer.Json.GetProperty("errorCode").GetString()).ShouldBe((408, "CARTULARY-408-00-001"));
        (await host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", Save + new string(' ', 1_000))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_body_that_trickles_is_refused()
    {
        await using var host = await Host.StartAsync("--Limits:BodyBytesPerSecond=100000");
        using var slow = await ConnectAsync(host, Head(100_000) + "{");

        var answer = await RawAnswer.ReadAsync(slow.GetStream(), Token).WaitAsync(Patience, Token);

        (answer.Status, answer.Json.GetProperty("errorCode").GetString()).ShouldBe((408, "CARTULARY-408-00-001"));
    }

    [Fact]
    public async Task Who_announces_much_and_sends_nothing_holds_little()
    {
        await using var host = await Host.StartAsync("--Limits:BodyBytesInFlight=20000000", "--Limits:BodyBytes=15000000");
        using var one = await ConnectAsync(host, Head(15_000_000));
        using var two = await ConnectAsync(host, Head(15_000_000));

        (await host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", Save)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_body_that_breaks_off_gives_its_room_back()
    {
        await using var host = await Host.StartAsync("--Limits:BodyBytesInFlight=2000", "--Limits:BodyBytes=2000");
        for (var time = 0; time < 5; time++)
        {
            var answer = await RawAnswer.ToAsync(host.Client.BaseAddress!, Encoding.ASCII.GetBytes(Head(1_500) + "{"), breaksOff: true, Token);
            answer.Status.ShouldBe(0, "nobody is there to be answered");
        }

        // The server learns of a broken connection a moment after it broke.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        int status;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            status = (await host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", Save + new string(' ', 1_000))).Status;
        }
        while (status == 429);

        status.ShouldBe(200);
    }

    [Fact]
    public async Task Too_many_bodies_at_once_are_asked_to_come_again()
    {
        await using var host = await Host.StartAsync("--Limits:BodyBytesInFlight=2000", "--Limits:BodyBytes=2000");
        using var holder = await ConnectAsync(host, Head(1_500) + "{");

        (await RefusedAsync(host, 429)).Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Headers_that_do_not_arrive_in_time_end_the_connection()
    {
        await using var host = await Host.StartAsync("--Limits:HeaderSeconds=1");
        using var slow = await ConnectAsync(host, "GET /api/events HTTP/1.1\r\nHost: a\r\nX-");

        var answer = await RawAnswer.ReadAsync(slow.GetStream(), Token).WaitAsync(Patience, Token);

        (answer.Status, answer.Body.Length).ShouldBe((408, 0));
        (await host.GetAsync("/api/events"))["head"].GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_too_many_is_closed_and_the_others_are_served()
    {
        await using var host = await Host.StartAsync("--Limits:ConnectionsMax=2");
        using var first = await ConnectAsync(host, "");
        (await host.GetAsync("/api/events"))["head"].GetInt64().ShouldBe(0);

        var answer = await RawAnswer.ToAsync(host.Client.BaseAddress!, Encoding.ASCII.GetBytes("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"), breaksOff: false, Token);

        answer.Status.ShouldBe(0);
        (await host.GetAsync("/api/events"))["head"].GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Requests_sent_ahead_are_answered_in_their_order()
    {
        await using var host = await Host.StartAsync();
        var requests = $"GET /nothing HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Host.Key}\r\n\r\nGET /health/live HTTP/1.1\r\nHost: a\r\n\r\nNONSENSE\r\n\r\n";
        using var client = await ConnectAsync(host, requests);
        using var reader = new StreamReader(client.GetStream());

        var text = await reader.ReadToEndAsync(Token).WaitAsync(Patience, Token);

        text.Split("HTTP/1.1 ").Skip(1).Select(answer => answer[..3]).ShouldBe(["404", "200", "400"]);
    }

    [Fact]
    public async Task Many_problems_are_counted_and_the_first_thousand_listed()
    {
        await using var host = await Host.StartAsync();
        var wrong = string.Join(',', Enumerable.Range(0, 1_300).Select(number => $$"""{"typeName":"Nothing{{number}}"}"""));

        var answer = await host.SaveAsync(wrong);

        (answer["problems"].GetArrayLength(), answer["omittedProblems"].GetInt32()).ShouldBe((1_000, 300));
        answer["errorMessage"].GetString()!.ShouldEndWith("; and 1250 more");
    }

    [Fact]
    public async Task What_would_take_long_to_refuse_is_refused_quickly()
    {
        await using var host = await Host.StartAsync();
        var many = $"{{{string.Join(',', Enumerable.Range(0, 200_000).Select(number => $"\"k{number}\":1"))}}}";
        var started = Stopwatch.GetTimestamp();

        var references = await host.SaveAsync(
            """{"typeName":"Column","attributes":{"qualifiedName":"x","name":"x","order":1,"table":{"typeName":"Table","uniqueAttributes":""" + many + "}}}");
        var attributes = await host.SaveAsync(
            """{"typeName":"Column","attributes":""" + many + ""","relationshipAttributes":""" + many + "}");

        (references.Status, attributes.Status).ShouldBe((400, 404));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static string Head(int length) =>
        $"POST /api/meta/entity/bulk HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Host.Key}\r\nContent-Length: {length}\r\n\r\n";

    private static async Task<TcpClient> ConnectAsync(Host host, string text)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port, Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Token);
        return client;
    }

    /// <summary>A save is refused with a status, as soon as the server has begun to read the body before it.</summary>
    private static async Task<Answer> RefusedAsync(Host host, int status)
    {
        Answer answer;
        do
        {
            answer = await host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", "[]" + new string(' ', 1_500));
        }
        while (answer.Status == 400);
        answer.Status.ShouldBe(status);
        return answer;
    }
}
