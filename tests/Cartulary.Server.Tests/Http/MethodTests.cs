using Cartulary.Server.Tests.Endpoints;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Http;

public sealed class MethodTests
{
    [Theory]
    [InlineData("/api/events?after=latest&wait=60")]
    [InlineData("/api/events/stream")]
    public async Task Head_does_not_wait_for_what_is_to_come(string path)
    {
        await using var host = await Host.StartAsync();

        using var head = await SendAsync(host, HttpMethod.Head, path).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        ((int)head.StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("/api/meta/types/typedef/name/Table", 200)]
    [InlineData("/api/meta/types/typedef/name/nothing", 404)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/health/ready", 200)]
    public async Task Head_answers_as_get_does_without_a_body(string path, int status)
    {
        await using var host = await Host.StartAsync();

        using var head = await SendAsync(host, HttpMethod.Head, path);
        using var get = await SendAsync(host, HttpMethod.Get, path);

        ((int)head.StatusCode, (int)get.StatusCode).ShouldBe((status, status));
        head.Content.Headers.ContentLength.ShouldBe(get.Content.Headers.ContentLength);
        (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/meta/entity/bulk/", "DELETE, GET, HEAD, OPTIONS, POST")]
    [InlineData("/api/keys/some", "DELETE, OPTIONS")]
    [InlineData("/api/service/roles", "GET, HEAD, OPTIONS")]
    [InlineData("/metrics", "GET, HEAD, OPTIONS")]
    public async Task Options_tells_the_methods_of_an_address(string path, string methods)
    {
        await using var host = await Host.StartAsync();

        using var answer = await SendAsync(host, HttpMethod.Options, path);

        ((int)answer.StatusCode).ShouldBe(204);
        string.Join(", ", answer.Content.Headers.Allow.Order(StringComparer.Ordinal)).ShouldBe(methods);
    }

    [Theory]
    [InlineData("PATCH", "/api/meta/entity/bulk", 405)]
    [InlineData("POST", "/api/service/roles", 405)]
    [InlineData("HEAD", "/api/keys/some", 405)]
    [InlineData("OPTIONS", "/api/nothing", 404)]
    [InlineData("TRACE", "/api/events", 405)]
    [InlineData("POST", "/metrics", 405)]
    [InlineData("DELETE", "/openapi/v1.json", 405)]
    [InlineData("PUT", "/docs", 405)]
    public async Task Another_method_is_refused_and_those_that_are_taken_are_named(string method, string path, int status)
    {
        await using var host = await Host.StartAsync();

        using var answer = await SendAsync(host, new HttpMethod(method), path);

        ((int)answer.StatusCode).ShouldBe(status);
        (answer.Content.Headers.Allow.Count > 0).ShouldBe(status == 405);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=\"UTF-8\"")]
    [InlineData("application/vnd.something+json")]
    [InlineData(null)]
    public async Task Every_way_to_say_JSON_is_taken(string? mediaType)
    {
        await using var host = await Host.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/meta/entity/bulk/");
        request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes($$"""{"entities":[{{Entities.Table}}]}"""));
        if (mediaType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        (await host.SendAsync(request)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml;q=0.9")]
    [InlineData("image/*")]
    public async Task What_a_client_says_that_it_takes_makes_no_difference(string accepted)
    {
        await using var host = await Host.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/meta/types/typedef/name/Table");
        request.Headers.TryAddWithoutValidation("Accept", accepted);

        (await host.SendAsync(request)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/metrics", "Accept", "application/xml;q=zz,,;")]
    [InlineData("/metrics", "Accept-Encoding", "bogus;q=9")]
    [InlineData("/metrics", "Authorization", "Basic !!!")]
    [InlineData("/metrics", "If-None-Match", "\"x")]
    [InlineData("/metrics", "Range", "bytes=5-1")]
    [InlineData("/openapi/v1.json", "Accept", "image/*")]
    [InlineData("/openapi/v1.json", "Authorization", "Bearer wrong")]
    [InlineData("/openapi/v1.json", "If-None-Match", "*")]
    [InlineData("/openapi/v1.json", "Range", "bytes=0-1")]
    [InlineData("/health/ready", "Authorization", "Digest")]
    public async Task Odd_headers_make_no_difference_to_what_is_open(string path, string name, string value)
    {
        await using var host = await Host.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();

        using var answer = await host.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldNotBeEmpty();
    }

    private static async Task<HttpResponseMessage> SendAsync(Host host, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
