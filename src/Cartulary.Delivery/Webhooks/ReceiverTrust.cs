using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cartulary.Delivery.Webhooks;

/// <summary>
/// Decides whether a certificate shows who a receiver is: authorities that the machine trusts vouch for it, or those that the settings name. The name must be
/// the receiver's in any case. Lists and issuers are not fetched, which would call addresses that nobody has judged.
/// </summary>
internal static class ReceiverTrust
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>How TLS is spoken with receivers.</summary>
    public static SslClientAuthenticationOptions Options(X509Certificate2Collection authorities) => new()
    {
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        RemoteCertificateValidationCallback = authorities.Count == 0
            ? null
            : (_, certificate, chain, errors) => errors == SslPolicyErrors.None
                || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 shown && IsVouchedFor(shown, chain, authorities)),
    };

    private static bool IsVouchedFor(X509Certificate2 shown, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        };
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(shown);
    }
}
