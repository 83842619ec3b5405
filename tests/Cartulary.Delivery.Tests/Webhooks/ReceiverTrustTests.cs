using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cartulary.Delivery.Dispatch;
using Cartulary.Delivery.Guard;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Tests.Webhooks;

/// <summary>A receiver whose certificate is of an authority that the machine does not know.</summary>
public sealed class ReceiverTrustTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public ReceiverTrustTests()
    {
        var request = new CertificateRequest("CN=authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_gets_a_message_only_when_the_settings_name_its_authority()
    {
        (await SendAsync("localhost", [_authority])).ShouldBe(AttemptClass.Delivered);
        (await SendAsync("localhost", [])).ShouldBe(AttemptClass.Tls);
    }

    [Fact]
    public async Task The_authority_does_not_vouch_for_another_name() =>
        (await SendAsync("elsewhere.example", [_authority])).ShouldBe(AttemptClass.Tls);

    [Fact]
    public async Task Another_authority_of_the_same_name_is_another()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var other = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        (await SendAsync("localhost", [other])).ShouldBe(AttemptClass.Tls);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }

    private async Task<AttemptClass> SendAsync(string name, X509Certificate2Collection authorities)
    {
        using var certificate = CertificateOf(name);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var receiving = ReceiveAsync(listener, certificate);
        var connector = new GuardedConnector(new AddressRules(allowPrivate: true, []), (_, _) => Task.FromResult(new[] { IPAddress.Loopback }), () => []);
        using var sender = new WebhookSender(connector, new SenderLimits { Authorities = authorities }, TimeProvider.System);
        var url = new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        var sending = await sender.SendAsync(new OutgoingMessage(url, "application/json", "{}"u8.ToArray(), [], TimeSpan.FromSeconds(15)), Token);

        await receiving;
        return sending.Result.Class;
    }

    private X509Certificate2 CertificateOf(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3, 4]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Takes one message over TLS, or none when the other side does not like the certificate.</summary>
    private static async Task ReceiveAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(Token);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[4_096];
            for (var read = ""; !read.EndsWith("{}", StringComparison.Ordinal);)
            {
                var count = await tls.ReadAsync(buffer, Token);
                if (count == 0)
                {
                    return;
                }

                read += System.Text.Encoding.ASCII.GetString(buffer, 0, count);
            }

            await tls.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), Token);
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
        }
    }
}
