using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Types;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Settings;

/// <summary>Endpoints of the settings that are kept in the catalog itself, and so are the same on every server.</summary>
internal sealed class SettingsEndpoints(ICatalogStore store, TypeRegistrySource types, BodyReader bodies, IIdSource ids)
{
    private static readonly ImmutableSortedDictionary<string, string> NoHeaders = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly CatalogSettingsSaver _saver = new(store, types);

    /// <summary>Maps <c>/api/settings</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/settings", http => GetAsync(http, http.RequestAborted)).Describe(static () => SettingsOperations.Get);
        endpoints.MapPut("/api/settings", http => PutAsync(http, http.RequestAborted)).RequireAdministrator().Describe(static () => SettingsOperations.Put);
    }

    private async Task GetAsync(HttpContext http, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        await JsonAnswer.SendAsync(http, 200, registry.Settings, Write, cancellationToken);
    }

    private async Task PutAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        if (SettingsRequest.Read(body.Written, out var problems) is not { } settings)
        {
            await ErrorAnswer.SendAsync(http, problems, cancellationToken);
            return;
        }

        var context = new CommitContext(ids.NewGuid(), http.Principal().Name, "api", DeleteHandler: null, NoHeaders);
        problems = await _saver.SaveAsync(settings, context, cancellationToken);
        await (problems.IsEmpty ? GetAsync(http, cancellationToken) : ErrorAnswer.SendAsync(http, problems, cancellationToken));
    }

    private static void Write(Utf8JsonWriter writer, CatalogSettings settings)
    {
        writer.WriteStartObject();
        JsonTexts.Write(writer, "ignoredAttributes"u8, settings.IgnoredAttributes);
        writer.WriteEndObject();
    }
}
