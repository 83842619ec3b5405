using System.Net;
using System.Net.Sockets;
using Cartulary.Delivery.Guard;

namespace Cartulary.Delivery.Tests.Guard;

public sealed class GuardedConnectorTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task A_name_with_one_forbidden_address_is_refused_whole()
    {
        var connector = Connector(allowPrivate: false, "1.1.1.1", "10.0.0.1");

        await Should.ThrowAsync<BlockedAddressException>(async () => await connector.ConnectAsync(new DnsEndPoint("mixed.example", 443), Token));
    }

    [Fact]
    public async Task A_name_without_an_address_is_told_apart()
    {
        var connector = Connector(allowPrivate: true);

        await Should.ThrowAsync<UnresolvedNameException>(async () => await connector.ConnectAsync(new DnsEndPoint("none.example", 443), Token));
    }

    [Fact]
    public async Task The_address_that_was_judged_is_the_one_that_is_called()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254"]);
        var connector = new GuardedConnector(
            new AddressRules(allowPrivate: true, []), (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }), () => []);

        await using var stream = await connector.ConnectAsync(new DnsEndPoint("rebinds.example", port), Token);

        answers.Count.ShouldBe(1);
        using var accepted = await listener.AcceptTcpClientAsync(Token);
        accepted.Connected.ShouldBeTrue();
    }

    [Theory]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("0177.0.0.1")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("127.1")]
    public async Task Other_spellings_of_an_address_are_that_address(string host)
    {
        var connector = Connector(allowPrivate: false);
        var uri = new Uri($"https://{host}/");

        await Should.ThrowAsync<BlockedAddressException>(async () => await connector.ConnectAsync(new DnsEndPoint(uri.IdnHost, 443), Token));
    }

    [Fact]
    public async Task The_server_itself_is_never_called()
    {
        var connector = new GuardedConnector(
            new AddressRules(allowPrivate: true, []),
            (_, _) => Task.FromResult(new[] { IPAddress.Loopback }),
            () => [new IPEndPoint(IPAddress.Any, 21000)]);

        await Should.ThrowAsync<BlockedAddressException>(async () => await connector.ConnectAsync(new DnsEndPoint("me.example", 21000), Token));
    }

    private static GuardedConnector Connector(bool allowPrivate, params string[] addresses) => new(
        new AddressRules(allowPrivate, []), (_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse)), () => []);
}
