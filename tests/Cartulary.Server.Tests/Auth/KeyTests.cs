using System.Text;
using Cartulary.Core.Ports;
using Cartulary.Server.Auth;
using Cartulary.Server.Tests.Endpoints;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Auth;

public sealed class KeyTests
{
    private const string AnyPath = "/api/events";

    [Fact]
    public async Task Without_a_key_nothing_is_answered_but_how_to_get_in()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Get, AnyPath, client: host.Anonymous);

        answer.Status.ShouldBe(401);
        answer.Code.ShouldBe("ATLAS-401-00-001");
        answer["errorMessage"].GetString().ShouldNotBeEmpty();
        answer.Headers.WwwAuthenticate.Select(way => way.Scheme).ShouldBe(["Bearer", "Basic"]);
    }

    [Theory]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("bearer " + Host.Key, 200)]
    [InlineData("Digest " + Host.Key, 401)]
    [InlineData("Basic not-base64", 401)]
    public async Task A_header_lets_in_only_with_a_known_key(string authorization, int status)
    {
        await using var host = await Host.StartAsync();

        (await AskAsync(host, authorization)).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("anyone:" + Host.Key, 200)]
    [InlineData(":" + Host.Key, 200)]
    [InlineData("key-as-user:", 200)]
    [InlineData(":", 401)]
    [InlineData("no-colon", 401)]
    [InlineData("anyone:wrong", 401)]
    public async Task Basic_takes_the_key_as_the_password_of_any_user_or_as_the_user_without_one(string userAndPassword, int status)
    {
        await using var host = await Host.StartAsync("--CARTULARY_READ_ONLY_API_KEY=key-as-user");

        var header = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword))}";

        (await AskAsync(host, header)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Health_needs_no_key()
    {
        await using var host = await Host.StartAsync();

        (await host.SendAsync(HttpMethod.Get, "/health/live", client: host.Anonymous)).Status.ShouldBe(200);
        (await host.SendAsync(HttpMethod.Get, "/health/ready/", client: host.Anonymous)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_read_only_key_reads_and_does_not_write()
    {
        await using var host = await Host.StartAsync();
        await AddKeyAsync(host, "reader", KeyRoles.ReadOnly);

        (await AskAsync(host, "Bearer reader")).Status.ShouldBe(200);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/meta/entity/bulk?guid=" + Guid.Empty);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer reader");
        var answer = await host.SendAsync(request, host.Anonymous);

        answer.Status.ShouldBe(403);
        answer.Code.ShouldBe("ATLAS-403-00-001");
    }

    [Fact]
    public async Task A_read_only_key_can_be_given_at_the_start()
    {
        await using var host = await Host.StartAsync("--CARTULARY_READ_ONLY_API_KEY=looker");

        (await AskAsync(host, "Bearer looker")).Status.ShouldBe(200);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/meta/entity/bulk?guid=" + Guid.Empty);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer looker");
        (await host.SendAsync(request, host.Anonymous)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_key_that_is_added_while_the_server_runs_gets_in()
    {
        await using var host = await Host.StartAsync("--Auth:RefreshSeconds=0");
        (await AskAsync(host, "Bearer later")).Status.ShouldBe(401);

        await AddKeyAsync(host, "later", KeyRoles.Administrator);

        (await AskAsync(host, "Bearer later")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_first_start_makes_a_key_and_shows_it_once()
    {
        var folder = Directory.CreateTempSubdirectory("cartulary-");
        string key;
        await using (var first = await Host.StartKeepingAsync(folder))
        {
            key = first.Output.Split('\n')[0].Split(": ")[1].Trim();
            (await AskAsync(first, $"Bearer {key}")).Status.ShouldBe(200);
        }

        await using var second = await Host.StartInAsync(folder);

        second.Output.ShouldNotContain("key");
        second.Output.ShouldStartWith("cartulary listening on http://127.0.0.1:");
        (await AskAsync(second, $"Bearer {key}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task No_key_is_stored_but_its_hash()
    {
        await using var host = await Host.StartAsync();

        var stored = await host.Catalog.Keys.ListAsync(TestContext.Current.CancellationToken);

        stored.Single().Name.ShouldBe("admin");
        stored.Single().Hash.AsSpan().SequenceEqual(KeyHash.Of(Host.Key).ToBytes()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_name_of_the_key_is_the_actor()
    {
        await using var host = await Host.StartAsync();

        var saved = await host.SaveAsync(Entities.Connection);

        saved["mutatedEntities"].GetProperty("CREATE")[0].GetProperty("createdBy").GetString().ShouldBe("admin");
    }

    private static async Task<Answer> AskAsync(Host host, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AnyPath);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await host.SendAsync(request, host.Anonymous);
    }

    private static async Task AddKeyAsync(Host host, string secret, string role) =>
        await host.Catalog.Keys.AddAsync(
            new ApiKey(secret, secret, role, [.. KeyHash.Of(secret).ToBytes()], 1, Revoked: null), TestContext.Current.CancellationToken);
}
