using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Http;

/// <summary>Sends JSON: whole, with its length, or not at all.</summary>
internal static class JsonAnswer
{
    /// <summary>How answers are written.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends what <paramref name="write"/> writes.</summary>
    public static async Task SendAsync<T>(HttpContext http, int status, T value, Action<Utf8JsonWriter, T> write, CancellationToken cancellationToken)
    {
        using var buffer = new PooledBuffer();
        await using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer, value);
        }

        if (AtlasForm.Applies(http, buffer.Written.Span))
        {
            using var shown = new PooledBuffer();
            AtlasForm.Write(shown, buffer.Written.Span);
            await SendBytesAsync(http, status, shown.Written, cancellationToken);
            return;
        }

        await SendBytesAsync(http, status, buffer.Written, cancellationToken);
    }

    /// <summary>Sends JSON that is ready.</summary>
    public static Task SendBytesAsync(HttpContext http, int status, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        return http.Response.Body.WriteAsync(json, cancellationToken).AsTask();
    }
}
