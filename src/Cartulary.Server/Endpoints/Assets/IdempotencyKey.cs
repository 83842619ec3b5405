using System.Buffers;
using System.IO.Hashing;
using System.Text;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>
/// The key by which a client makes a request known that it may have to send twice: <c>Idempotency-Key</c>, else the id that
/// Atlan's clients give to each request and to all of its retries.
/// </summary>
/// <param name="Key">The key; those of the two headers are kept apart.</param>
/// <param name="IsStrict">Whether another request with the same key is a mistake.</param>
internal sealed record IdempotencyKey(string Key, bool IsStrict)
{
    private const string Header = "Idempotency-Key";
    private const string RequestId = "X-Atlan-Request-Id";
    private const int LongestKey = 255;

    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(letter => (char)letter)]);

    /// <summary>Reads the key of a request; null when it has none.</summary>
    public static IdempotencyKey? Read(IHeaderDictionary headers, QueryReader query)
    {
        if (headers.TryGetValue(Header, out var given))
        {
            if (given.Count == 1 && IsKey(Unquoted(given[0]!)))
            {
                return new IdempotencyKey(Unquoted(given[0]!), IsStrict: true);
            }

            query.Refuse(ErrorCodes.BadRequest, Header, $"{Header} must be one key of 1 to {LongestKey} visible characters");
            return null;
        }

        // Nobody asked for a key with this header, so one that cannot be a key is none.
        return headers.TryGetValue(RequestId, out var id) && id.Count == 1 && IsKey(id[0]!)
            ? new IdempotencyKey($"{RequestId}: {id[0]}", IsStrict: false)
            : null;
    }

    /// <summary>The key with the hash of the request it came with.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="notBefore">Answers given before this time are forgotten, epoch milliseconds.</param>
    public RequestKey With(HttpRequest request, ReadOnlySpan<byte> body, long notBefore)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes($"{request.Method} {request.PathBase}{request.Path}{request.QueryString}\n"));
        hash.Append(body);
        return new RequestKey(Key, hash.GetCurrentHashAsUInt128(), IsStrict, notBefore);
    }

    private static bool IsKey(string text) => text.Length is > 0 and <= LongestKey && !text.AsSpan().ContainsAnyExcept(Visible);

    /// <summary>A key may be a string as structured headers write it (RFC 8941, 3.3.3), or bare.</summary>
    private static string Unquoted(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length >= 2 && trimmed[0] == '"' && trimmed[^1] == '"'
            ? trimmed[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : trimmed;
    }
}
