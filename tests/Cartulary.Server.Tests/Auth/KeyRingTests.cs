using Cartulary.Core.Ports;
using Cartulary.Server.Auth;
using Cartulary.Server.Hosting;
using Cartulary.Server.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Server.Tests.Auth;

/// <summary>A change of keys by one server reaches the others, which only look at the store now and then.</summary>
public sealed class KeyRingTests
{
    private const string Secret = "second";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_another_server_revoked_ends_after_the_time_for_remembering()
    {
        await using var host = await Host.StartAsync();
        var clock = new FakeTimeProvider();
        using var ring = new KeyRing(host.Catalog.Keys, new AuthOptions { RememberSeconds = 60 }, clock);
        await AddAsync(host);
        (await ring.FindAsync(Secret, Token)).ShouldNotBeNull().Role.ShouldBe(KeyRole.Editor);

        await host.Catalog.Keys.RevokeAsync(Secret, KeyRoles.Administrator, time: 2, Token);
        clock.Advance(TimeSpan.FromSeconds(59));
        (await ring.FindAsync(Secret, Token)).ShouldNotBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));

        (await ring.FindAsync(Secret, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_another_server_made_gets_in_after_the_time_for_looking_again()
    {
        await using var host = await Host.StartAsync();
        var clock = new FakeTimeProvider();
        using var ring = new KeyRing(host.Catalog.Keys, new AuthOptions { RefreshSeconds = 2 }, clock);
        (await ring.FindAsync(Secret, Token)).ShouldBeNull();

        await AddAsync(host);
        (await ring.FindAsync(Secret, Token)).ShouldBeNull();
        clock.Advance(TimeSpan.FromSeconds(2));

        (await ring.FindAsync(Secret, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_change_that_this_server_made_counts_at_once()
    {
        await using var host = await Host.StartAsync();
        using var ring = new KeyRing(host.Catalog.Keys, new AuthOptions(), new FakeTimeProvider());
        await AddAsync(host);
        (await ring.FindAsync(Secret, Token)).ShouldNotBeNull();

        await host.Catalog.Keys.RevokeAsync(Secret, KeyRoles.Administrator, time: 2, Token);
        await ring.RefreshAsync(Token);

        (await ring.FindAsync(Secret, Token)).ShouldBeNull();
    }

    private static async Task AddAsync(Host host) =>
        await host.Catalog.Keys.AddAsync(new ApiKey(Secret, "second", KeyRoles.Editor, [.. KeyHash.Of(Secret).ToBytes()], 1, Revoked: null), Token);
}
