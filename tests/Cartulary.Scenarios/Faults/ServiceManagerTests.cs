using System.Net.Sockets;
using System.Text;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>What systemd hears of a server that it has started, so that a unit of type notify waits for the right moment.</summary>
[Collection(FaultsCollection.Name)]
public sealed class ServiceManagerTests : IDisposable
{
    private const string Variable = "NOTIFY_SOCKET";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-notify-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Systemd_hears_when_the_server_is_ready_and_when_it_stops()
    {
        var path = Path.Combine(_folder.FullName, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        await using var server = ServerProcess.Start(Path.Combine(_folder.FullName, "catalog"), new KeyValuePair<string, string>(Variable, path));

        (await ReceiveAsync(socket)).ShouldBe("READY=1");
        using (var client = new HttpClient { BaseAddress = server.Address })
        {
            (await client.GetAsync("/health/ready", Token)).EnsureSuccessStatusCode();
        }

        (await server.StopAsync(Token)).ShouldBe(0, server.Output);
        (await ReceiveAsync(socket)).ShouldBe("STOPPING=1");
        socket.Available.ShouldBe(0, "nothing else is said");
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_on_keeps_no_server_from_running()
    {
        await using var server = ServerProcess.Start(Path.Combine(_folder.FullName, "catalog"), new KeyValuePair<string, string>(Variable, Path.Combine(_folder.FullName, "none")));

        while (!server.Output.Contains("listening on", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), Token);
        }

        (await server.StopAsync(Token)).ShouldBe(0, server.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var buffer = new byte[256];
        var length = await socket.ReceiveAsync(buffer, patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
