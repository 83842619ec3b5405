using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Cartulary.Delivery.Dispatch;
using Cartulary.Delivery.Guard;
using Cartulary.Delivery.Messages;

namespace Cartulary.Delivery.Webhooks;

/// <summary>
/// Sends messages to receivers, which may be anything: every address is judged before it is called, no redirect is followed, and of an answer
/// no more is read than is needed. 2xx in time is success, whatever the body does afterwards; all else is failure.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private readonly SenderLimits _limits;
    private readonly GuardedConnector _connector;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    /// <summary>A sender.</summary>
    /// <param name="connector">Judges and connects.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="clock">The clock.</param>
    public WebhookSender(GuardedConnector connector, SenderLimits limits, TimeProvider clock)
    {
        _connector = connector;
        _limits = limits;
        _clock = clock;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = limits.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = limits.ResponseHeadersKibibytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = ReceiverTrust.Options(limits.Authorities),
            UseCookies = false,
            UseProxy = false,
        });
    }

    /// <summary>Sends one message. Never throws for what a receiver does.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the receiver answered.</exception>
    public async Task<Sending> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(message.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = Request(message);
            using var response = await _http.SendAsync(request, either.Token);
            var result = Read(response);
            var body = await ReadBodyAsync(response, either.Token);
            return new Sending(result, Elapsed(start), body);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new Sending(new AttemptResult(AttemptClass.Timeout), Elapsed(start), "");
        }
        catch (HttpRequestException problem)
        {
            return new Sending(new AttemptResult(ClassOf(problem)), Elapsed(start), "");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(OutgoingMessage message)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, message.Url)
        {
            Content = new ReadOnlyMemoryContent(message.Body),
            Version = HttpVersion.Version11,
            VersionPolicy = message.Url.Scheme == Uri.UriSchemeHttps ? HttpVersionPolicy.RequestVersionOrHigher : HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(message.ContentType);
        foreach (var (name, value) in message.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Activity.Current?.Source.Name == DeliveryTrace.SourceName)
        {
            // The span of this delivery stands between the save and what the receiver does; the handler writes it.
            request.Headers.Remove(TraceParent.Header);
        }

        return request;
    }

    private AttemptResult Read(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return response.IsSuccessStatusCode
            ? new AttemptResult(AttemptClass.Delivered, status)
            : new AttemptResult(AttemptClass.Status, status, RetryAfter(response.Headers.RetryAfter));
    }

    private long? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - _clock.GetUtcNow());
        return wait is { } asked ? (long)Math.Max(0, asked.TotalMilliseconds) : null;
    }

    /// <summary>How the body begins; what breaks or is too long does not matter any more.</summary>
    private async ValueTask<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_limits.ResponseBytesRead);
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (length < _limits.ResponseBytesRead
                && await body.ReadAsync(buffer.AsMemory(length, _limits.ResponseBytesRead - length), cancellationToken) is > 0 and var count)
            {
                length += count;
            }
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status has come, and it decides.
        }

        var text = Encoding.UTF8.GetString(buffer, 0, Math.Min(length, _limits.ResponseBytesKept));
        ArrayPool<byte>.Shared.Return(buffer);
        return Printable(text);
    }

    private static string Printable(string text) =>
        string.Create(text.Length, text, static (target, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                target[i] = char.IsControl(text[i]) && text[i] is not ('\n' or '\t') ? ' ' : text[i];
            }
        });

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps
            && !_limits.AllowHttp
            && !await _connector.IsPrivateAsync(context.DnsEndPoint, cancellationToken))
        {
            throw new BlockedAddressException();
        }

        return await _connector.ConnectAsync(context.DnsEndPoint, cancellationToken);
    }

    private static AttemptClass ClassOf(HttpRequestException problem)
    {
        for (Exception? cause = problem; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case BlockedAddressException:
                    return AttemptClass.Blocked;
                case UnresolvedNameException:
                    return AttemptClass.Dns;
                case AuthenticationException:
                    return AttemptClass.Tls;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable }:
                    return AttemptClass.Connect;
            }
        }

        return problem.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => AttemptClass.Dns,
            HttpRequestError.ConnectionError => AttemptClass.Connect,
            HttpRequestError.SecureConnectionError => AttemptClass.Tls,
            _ => AttemptClass.Aborted,
        };
    }

    private long Elapsed(long start) => (long)_clock.GetElapsedTime(start).TotalMilliseconds;
}
