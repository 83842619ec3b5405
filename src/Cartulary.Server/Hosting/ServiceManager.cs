using System.Net.Sockets;
using System.Text;

namespace Cartulary.Server.Hosting;

/// <summary>Tells systemd, where it started the server, how the server does: its unit can be of type notify then.</summary>
internal static class ServiceManager
{
    /// <summary>The setting, an environment variable of systemd's, that names the socket.</summary>
    public const string SocketName = "NOTIFY_SOCKET";

    /// <summary>Requests are taken from now on.</summary>
    public static void TellReady(string? socket) => Tell(socket, "READY=1");

    /// <summary>The server finishes what it has begun, and ends.</summary>
    public static void TellStopping(string? socket) => Tell(socket, "STOPPING=1");

    private static void Tell(string? socket, string state)
    {
        if (string.IsNullOrEmpty(socket))
        {
            return;
        }

        // A name that begins with @ is one outside the file system, which is written with a zero byte.
        var address = new UnixDomainSocketEndPoint(socket[0] == '@' ? $"\0{socket[1..]}" : socket);
        using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            sender.SendTo(Encoding.UTF8.GetBytes(state), address);
        }
        catch (SocketException)
        {
            // Nobody listens: then nobody waits for it either.
        }
    }
}
