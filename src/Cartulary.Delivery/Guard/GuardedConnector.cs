using System.Net;
using System.Net.Sockets;
using Cartulary.Delivery.Dispatch;

namespace Cartulary.Delivery.Guard;

/// <summary>
/// Connects to receivers. Resolves a name itself, refuses it when any of its addresses is refused, and connects to the very
/// address that was judged: a name that resolves differently a moment later gains nothing.
/// </summary>
/// <param name="rules">Which addresses may be called.</param>
/// <param name="resolve">Gives all addresses of a name.</param>
/// <param name="own">The server's own addresses and ports, which are always refused.</param>
public sealed class GuardedConnector(
    AddressRules rules, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IReadOnlyCollection<IPEndPoint>> own)
{
    /// <summary>Connects to a host and port.</summary>
    /// <exception cref="UnresolvedNameException">The name has no address.</exception>
    /// <exception cref="BlockedAddressException">An address of it may not be called.</exception>
    /// <exception cref="SocketException">No connection came about.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await AllowedAsync(target, cancellationToken);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException problem)
            {
                socket.Dispose();
                last = problem;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }

    /// <summary>Says whether all addresses of a host may be called now, for an early answer; connecting judges again.</summary>
    /// <exception cref="UnresolvedNameException">The name has no address.</exception>
    /// <exception cref="BlockedAddressException">An address of it may not be called.</exception>
    public async ValueTask<bool> IsPrivateAsync(DnsEndPoint target, CancellationToken cancellationToken) =>
        Array.TrueForAll(await AllowedAsync(target, cancellationToken), AddressRules.IsPrivate);

    /// <summary>All addresses of a host, each of which may be called.</summary>
    private async ValueTask<IPAddress[]> AllowedAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(target.Host, cancellationToken);
        if (Array.TrueForAll(addresses, address => rules.Allows(address) && !IsOwn(address, target.Port)))
        {
            return addresses;
        }

        DeliveryMetrics.CountBlocked();
        throw new BlockedAddressException();
    }

    private async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
        {
            return [literal];
        }

        try
        {
            var addresses = await resolve(host, cancellationToken);
            return addresses.Length > 0 ? addresses : throw new UnresolvedNameException();
        }
        catch (SocketException problem)
        {
            throw new UnresolvedNameException("the name could not be resolved", problem);
        }
    }

    private bool IsOwn(IPAddress address, int port)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return own().Any(end => end.Port == port && (end.Address.Equals(plain) || IsAny(end.Address) && IPAddress.IsLoopback(plain)));
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
