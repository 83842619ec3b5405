using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Service;

/// <summary>
/// Gives Atlan's client a token for a client's id and secret, which here are the name and the text of a key. The token is that
/// key itself: there is one kind of secret, and it ends when it is revoked.
/// </summary>
internal sealed class TokenEndpoint(KeyRing keys, BodyReader bodies)
{
    /// <summary>The address, which needs no key: it is where one is shown.</summary>
    public const string Path = "/api/service/oauth-clients/token";

    private const int Seconds = 3_600;

    /// <summary>Maps it.</summary>
    public void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Path, http => GiveAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => ServiceOperations.GetToken);

    private async Task GiveAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        var problems = new ProblemList();
        var json = JsonObjectBody.Parse(body.Written, problems);
        var (id, secret) = json is { } given ? (Given(given, "clientId", problems), Given(given, "clientSecret", problems)) : default;
        if (problems.Count > 0)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken);
            return;
        }

        var principal = await keys.FindAsync(secret!, cancellationToken);
        await (principal?.Name == id
            ? JsonAnswer.SendAsync(http, 200, secret!, Write, cancellationToken)
            : ErrorAnswer.SendAsync(http, ErrorCodes.NotAuthenticated, "No key of that name is that secret", cancellationToken));
    }

    private static string? Given(JsonElement json, string name, ProblemList problems)
    {
        var text = JsonObjectBody.Text(json, name);
        if (string.IsNullOrEmpty(text))
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, name, $"invalid parameters: {name} must be a text"));
        }

        return text;
    }

    private static void Write(Utf8JsonWriter writer, string key)
    {
        writer.WriteStartObject();
        writer.WriteString("accessToken"u8, key);
        writer.WriteNumber("expiresIn"u8, Seconds);
        writer.WriteString("tokenType"u8, "Bearer"u8);
        writer.WriteEndObject();
    }
}
