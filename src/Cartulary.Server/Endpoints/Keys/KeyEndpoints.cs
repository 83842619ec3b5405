using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Keys;

/// <summary>Endpoints that make, list and revoke keys; for administrators.</summary>
internal sealed class KeyEndpoints(KeyDesk desk, BodyReader bodies)
{
    /// <summary>Maps <c>/api/keys</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup("/api/keys").RequireAdministrator();
        keys.MapPost("", http => CreateAsync(http, http.RequestAborted)).Describe(static () => KeyOperations.Create);
        keys.MapGet("", http => ListAsync(http, http.RequestAborted)).Describe(static () => KeyOperations.List);
        keys.MapDelete("/{id}", http => RevokeAsync(http, http.RequestAborted)).Describe(static () => KeyOperations.Revoke);
    }

    private async Task CreateAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        if (KeyRequest.Read(body.Written, out var problems) is not { } request)
        {
            await ErrorAnswer.SendAsync(http, problems, cancellationToken);
            return;
        }

        var made = await desk.CreateAsync(request.Name, request.Role, http.Principal().Name, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.SendAsync(http, 200, made, static (writer, made) => Write(writer, made.Key, made.Secret), cancellationToken);
    }

    private async Task ListAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var keys = await desk.ListAsync(cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.SendAsync(
            http,
            200,
            keys,
            static (writer, keys) =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("keys"u8);
                foreach (var key in keys)
                {
                    Write(writer, key, secret: null);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            },
            cancellationToken);
    }

    private async Task RevokeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var id = (string)http.GetRouteValue("id")!;
        switch (await desk.RevokeAsync(id, http.Principal().Name, cancellationToken))
        {
            case null:
                await ErrorAnswer.SendAsync(http, ErrorCodes.KeyNotFound, $"There is no key {id}", cancellationToken);
                break;
            case { IsLast: true } kept:
                var message = $"The key of {kept.Key.Name} is the last administrator's: make another one before you revoke it";
                await ErrorAnswer.SendAsync(http, ErrorCodes.LastAdministrator, message, cancellationToken);
                break;
            case { } revoked:
                await JsonAnswer.SendAsync(http, 200, revoked.Key, static (writer, key) => Write(writer, key, secret: null), cancellationToken);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, ApiKey key, string? secret)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, key.Id);
        writer.WriteString("name"u8, key.Name);
        writer.WriteString("role"u8, key.Role);
        writer.WriteNumber("created"u8, key.Created);
        if (key.Revoked is { } revoked)
        {
            writer.WriteNumber("revoked"u8, revoked);
        }

        if (secret is not null)
        {
            writer.WriteString("key"u8, secret);
        }

        writer.WriteEndObject();
    }
}
