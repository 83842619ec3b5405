using System.Security.Cryptography.X509Certificates;

namespace Cartulary.Delivery.Webhooks;

/// <summary>Bounds on what a receiver can make the server do.</summary>
public sealed record SenderLimits
{
    /// <summary>How long connecting may take, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most bytes that are read of an answer's body.</summary>
    public int ResponseBytesRead { get; init; } = 16 * 1024;

    /// <summary>Most bytes of it that are kept for people.</summary>
    public int ResponseBytesKept { get; init; } = 1_024;

    /// <summary>Largest head of an answer, in KiB.</summary>
    public int ResponseHeadersKibibytes { get; init; } = 16;

    /// <summary>Whether messages may go to public addresses over http without TLS.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Authorities that may vouch for receivers beside those that the machine trusts.</summary>
    public X509Certificate2Collection Authorities { get; init; } = [];
}
