using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Cartulary.Delivery.Guard;

/// <summary>
/// Which addresses may be called. Whoever registers a webhook chooses an address that the server then calls from inside its
/// network, so addresses that are not of the public internet are refused (OWASP, "Server-Side Request Forgery Prevention Cheat
/// Sheet"; IANA's special-purpose address registries).
/// </summary>
public sealed class AddressRules
{
    private static readonly ImmutableArray<IPNetwork> ForbiddenV4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32");

    private static readonly IPNetwork PublicV6 = IPNetwork.Parse("2000::/3");

    private static readonly ImmutableArray<IPNetwork> ForbiddenV6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static readonly ImmutableArray<IPNetwork> PrivateV4 = Networks("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

    private static readonly ImmutableArray<IPNetwork> PrivateV6 = Networks("::1/128", "fc00::/7");

    private static readonly ImmutableArray<IPNetwork> NeverV4 = Networks("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32");

    // Services that hand out the machine's own credentials stand here, inside ranges that are merely private elsewhere.
    private static readonly ImmutableArray<IPAddress> Metadata = [IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254")];

    private readonly bool _allowPrivate;
    private readonly ImmutableArray<IPNetwork> _allowed;

    /// <summary>Rules of a server.</summary>
    /// <param name="allowPrivate">Whether loopback, RFC 1918 and unique local addresses may be called.</param>
    /// <param name="allowed">Networks that may be called whatever they are, except those of <see cref="IsNever"/>.</param>
    public AddressRules(bool allowPrivate, ImmutableArray<IPNetwork> allowed)
    {
        _allowPrivate = allowPrivate;
        _allowed = allowed;
    }

    /// <summary>Whether an address may be called. An IPv4 address inside an IPv6 one is judged as what it is.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = Plain(address);
        return !IsNever(plain) && (IsPublic(plain) || (_allowPrivate && IsPrivate(plain)) || Contains(_allowed, plain));
    }

    /// <summary>Whether an address of a private network is meant, over which http without TLS may be allowed.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        var plain = Plain(address);
        return Contains(plain.AddressFamily == AddressFamily.InterNetwork ? PrivateV4 : PrivateV6, plain);
    }

    /// <summary>Whether an address is of the public internet.</summary>
    internal static bool IsPublic(IPAddress plain) => plain.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Contains(ForbiddenV4, plain),
        AddressFamily.InterNetworkV6 => PublicV6.Contains(plain) && plain.ScopeId == 0 && !Contains(ForbiddenV6, plain) && !IsIsatap(plain),
        _ => false,
    };

    /// <summary>Link-local, multicast, unspecified and metadata addresses are never called, whatever is allowed.</summary>
    private static bool IsNever(IPAddress plain) =>
        plain.AddressFamily == AddressFamily.InterNetwork
            ? Contains(NeverV4, plain)
            : plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || plain.IsIPv6SiteLocal || plain.Equals(IPAddress.IPv6Any) || Metadata.Contains(plain);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The interface identifier of ISATAP holds an IPv4 address (RFC 5214, section 6.1).</summary>
    private static bool IsIsatap(IPAddress plain)
    {
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        return (bytes[8] & 0xFC) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;
    }

    private static bool Contains(ImmutableArray<IPNetwork> networks, IPAddress plain)
    {
        foreach (var network in networks)
        {
            if (network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<IPNetwork> Networks(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
