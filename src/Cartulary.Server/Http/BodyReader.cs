using Cartulary.Core.Errors;
using Cartulary.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Cartulary.Server.Http;

/// <summary>Reads the JSON body of a request within the limits, and answers itself when it cannot.</summary>
internal sealed class BodyReader(BodyGate gate, LimitOptions limits, TimeProvider clock)
{
    private const int FirstRoom = 16 * 1024;
    private const int MostAtOnce = 1024 * 1024;
    private const string NotJson = "The body must be JSON in UTF-8: Content-Type application/json, no Content-Encoding";

    /// <summary>
    /// The body, which the caller disposes when nothing reads it any more; null when the request has been refused and answered.
    /// The bytes are not pooled: a save that is cancelled while it waits for its turn may still be looked at.
    /// </summary>
    public async ValueTask<RequestBody?> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!IsJson(http.Request))
        {
            await ErrorAnswer.SendAsync(http, ErrorCodes.UnsupportedMediaType, NotJson, cancellationToken);
            return null;
        }

        var body = new RequestBody(gate);
        var refusal = await FillInTimeAsync(http, body, cancellationToken);
        if (refusal is null)
        {
            return body;
        }

        body.Dispose();
        await (refusal == ErrorCodes.TooManyRequests
            ? ErrorAnswer.SendBusyAsync(http, "Too many bytes are being saved at the moment; try again", cancellationToken)
            : ErrorAnswer.SendAsync(http, refusal, MessageOf(refusal), cancellationToken));
        return null;
    }

    private string MessageOf(ErrorCode refusal) => refusal == ErrorCodes.BodyTooLarge
        ? $"The body is larger than the {limits.BodyBytes} bytes that are taken"
        : $"The body did not arrive within {limits.BodySeconds} seconds";

    /// <summary>Reads until the body ends or its time is over; what it holds is given back then, whatever the client does.</summary>
    private async ValueTask<ErrorCode?> FillInTimeAsync(HttpContext http, RequestBody body, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(limits.BodySeconds), clock);

        // The web server ends a pending read so without forgetting what it has read, which cancelling the read itself would.
        await using var end = time.Token.UnsafeRegister(static request => ((HttpRequest)request!).BodyReader.CancelPendingRead(), http.Request);
        try
        {
            return await FillAsync(http.Request, body, cancellationToken);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What is left of the body is nobody's any more.
            http.Response.Headers.Connection = "close";
            return ErrorCodes.RequestTimeout;
        }
        catch (IOException failure) when (failure is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            body.Dispose();
            http.Response.Headers.Connection = "close";
            throw new BadHttpRequestException("The frame of the body is broken", failure);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private async ValueTask<ErrorCode?> FillAsync(HttpRequest request, RequestBody body, CancellationToken cancellationToken)
    {
        var limit = limits.BodyBytes;
        if (request.ContentLength > limit)
        {
            return ErrorCodes.BodyTooLarge;
        }

        // One byte more than announced, so that the end is seen without another growth; but who announces much and sends
        // little holds little.
        var most = (int)Math.Min(limit + 1L, request.ContentLength + 1 ?? long.MaxValue);
        if (!body.TryGrow(Math.Min(most, request.ContentLength is null ? FirstRoom : MostAtOnce)))
        {
            return ErrorCodes.TooManyRequests;
        }

        while (await request.Body.ReadAsync(body.Free, cancellationToken) is > 0 and var count)
        {
            body.Advance(count);
            if (body.Written.Length > limit)
            {
                return ErrorCodes.BodyTooLarge;
            }

            if (body.Free.IsEmpty && !body.TryGrow((int)Math.Min(most, 2L * body.Written.Length)))
            {
                return ErrorCodes.TooManyRequests;
            }
        }

        return null;
    }

    private static bool IsText(StringSegment text, string expected) => text.Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0 && !IsText(request.Headers.ContentEncoding.ToString(), "identity"))
        {
            return false;
        }

        if (string.IsNullOrEmpty(request.ContentType))
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (!type.Charset.HasValue || IsText(type.Charset.Value.Trim('"'), "utf-8"))
            && (IsText(type.SubType, "json") || IsText(type.Suffix, "json"));
    }
}
