using System.Reflection;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Server.Auth;
using Cartulary.Server.Health;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Admin;

/// <summary>What Apache Atlas's clients ask of a server's administration, as far as there is a true answer.</summary>
internal sealed class AdminEndpoints(ICatalogStore store, TypeRegistrySource types, CatalogHealth health)
{
    private static readonly string Version =
        typeof(AdminEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Maps them under <c>/api/atlas/admin</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var admin = endpoints.MapGroup("/api/atlas/admin");
        admin.MapGet("/version", http => SendAsync(http, WriteVersion)).Describe(static () => AdminOperations.GetVersion);
        admin.MapGet("/status", http => StatusAsync(http, http.RequestAborted)).Describe(static () => AdminOperations.GetStatus);
        admin.MapGet("/session", http => SendAsync(http, writer => WriteSession(writer, http.Principal())))
            .Describe(static () => AdminOperations.GetSession);
        admin.MapGet("/metrics", http => SendAsync(http, WriteMetrics)).Describe(static () => AdminOperations.GetMetrics);
    }

    private async Task StatusAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var reason = await health.WhyNotReadyAsync(cancellationToken);
        await (reason is null
            ? SendAsync(http, static writer => writer.WriteString("Status"u8, "ACTIVE"u8))
            : ErrorAnswer.SendAsync(http, ErrorCodes.Unavailable, reason, cancellationToken));
    }

    private static void WriteVersion(Utf8JsonWriter writer)
    {
        writer.WriteString("Name"u8, "cartulary"u8);
        writer.WriteString("Version"u8, Version);
        writer.WriteString("Description"u8, "A metadata catalog that tells exactly what changed"u8);
    }

    private static void WriteSession(Utf8JsonWriter writer, Principal principal)
    {
        writer.WriteString("userName"u8, principal.Name);
        writer.WriteStartArray("userGroups"u8);
        writer.WriteEndArray();
        writer.WriteBoolean("atlas.entity.create.allowed"u8, principal.Role >= KeyRole.Editor);
        writer.WriteBoolean("atlas.entity.update.allowed"u8, principal.Role >= KeyRole.Editor);
    }

    private void WriteMetrics(Utf8JsonWriter writer)
    {
        var head = store.Head;
        writer.WriteStartObject("data"u8);
        writer.WriteStartObject("general"u8);
        writer.WriteNumber("collectionTime"u8, head.Time);
        writer.WriteNumber("typeCount"u8, types.Newest.Stored.Length);
        writer.WriteNumber("commitCount"u8, head.Commit.Value);
        writer.WriteNumber("lastSequence"u8, head.Sequence);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static Task SendAsync(HttpContext http, Action<Utf8JsonWriter> writeMembers) => JsonAnswer.SendAsync(
        http,
        200,
        writeMembers,
        static (writer, members) =>
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        },
        http.RequestAborted);
}
