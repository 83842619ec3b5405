using Cartulary.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Cartulary.Server.Http;

/// <summary>Reads the JSON body of a request within the limits, and answers itself when it cannot.</summary>
internal sealed class BodyReader(BodyGate gate, int limit)
{
    private const int FirstRoom = 16 * 1024;
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
        var refusal = await FillAsync(http.Request, body, cancellationToken);
        if (refusal is null)
        {
            return body;
        }

        body.Dispose();
        await (refusal == ErrorCodes.BodyTooLarge
            ? ErrorAnswer.SendAsync(http, refusal, $"The body is larger than the {limit} bytes that are taken", cancellationToken)
            : ErrorAnswer.SendBusyAsync(http, "Too many bytes are being saved at the moment; try again", cancellationToken));
        return null;
    }

    private async ValueTask<ErrorCode?> FillAsync(HttpRequest request, RequestBody body, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return ErrorCodes.BodyTooLarge;
        }

        // One byte more than announced, so that the end is seen without another growth.
        if (!body.TryGrow((int)(request.ContentLength + 1 ?? FirstRoom)))
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

            if (body.Free.IsEmpty && !body.TryGrow((int)Math.Min(limit + 1L, 2L * body.Written.Length)))
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
