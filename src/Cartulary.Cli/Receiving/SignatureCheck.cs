using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Cli.Receiving;

/// <summary>
/// Checks messages as their receiver must: the signature of Standard Webhooks, over id, time and body, within five minutes; or the secret
/// itself in the header that Atlan's webhooks have. Of several secrets or signatures one must fit.
/// </summary>
/// <param name="secrets">The secrets that are known.</param>
/// <param name="clock">The time.</param>
internal sealed class SignatureCheck(ImmutableArray<string> secrets, TimeProvider clock)
{
    private const string Version = "v1,";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether the message is of who knows a secret.</summary>
    public Authenticity Check(ReceivedRequest request)
    {
        if (secrets.IsEmpty)
        {
            return Authenticity.Unchecked;
        }

        if (request.Header("webhook-signature") is { } signatures)
        {
            return CheckSigned(request, signatures);
        }

        return request.Header("x-atlan-signing-secret") is { } shown
            ? secrets.Any(secret => AreSame(secret, shown)) ? Authenticity.Genuine : Authenticity.Forged
            : Authenticity.Unsigned;
    }

    private Authenticity CheckSigned(ReceivedRequest request, string signatures)
    {
        if (request.Id.Length == 0 || !long.TryParse(request.Header("webhook-timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return Authenticity.Unsigned;
        }

        var right = secrets.Select(secret => StandardSignature.KeyOf(new Secret(secret))).OfType<byte[]>()
            .Select(key => StandardSignature.Sign(key, request.Id, seconds, request.Body.Span)).ToList();
        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(signature => signature.StartsWith(Version, StringComparison.Ordinal));
        if (!given.Any(signature => right.Exists(expected => AreSame(expected, signature))))
        {
            return Authenticity.Forged;
        }

        return Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds ? Authenticity.Genuine : Authenticity.Stale;
    }

    private static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
