using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Endpoints.Glossaries;
using Cartulary.Server.Endpoints.Relationships;
using Cartulary.Server.Health;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Builder;

namespace Cartulary.Server.Hosting;

/// <summary>The way of a request: what each one passes, and where it can end.</summary>
internal static class Routes
{
    /// <summary>The prefixes of the asset API: Atlan's clients use the one, Apache Atlas's the other, and both mean the same.</summary>
    private static readonly string[] Prefixes = [AtlanPrefix, "/api/atlas/v2"];

    private const string AtlanPrefix = "/api/meta";

    /// <summary>Lays out the way of a request.</summary>
    public static void Lay(WebApplication app, ServerParts parts)
    {
        app.Use(parts.RequestLogging.InvokeAsync);
        app.Use(parts.ErrorBoundary.InvokeAsync);
        app.Use(PathNormalizer.InvokeAsync);
        app.Use(MethodAnswers.InvokeAsync);
        app.Use(parts.Authentication.InvokeAsync);
        app.UseRouting();
        app.Use(Authorization.InvokeAsync);

        app.MapHealth(parts.Health);
        app.MapMetrics(parts.Settings.Telemetry);
        app.MapOpenApi();
        parts.Feed.Map(app);
        parts.Stream.Map(app);
        parts.Summary.Map(app);
        parts.Snapshot.Map(app);
        parts.Exchange.Map(app);
        parts.Jobs.Map(app);
        parts.Keys.Map(app);
        parts.CatalogSettings.Map(app);
        parts.Service.Map(app);
        parts.Tokens.Map(app);
        parts.Admin.Map(app);
        parts.Webhooks.Map(app);
        parts.Notices.Map(app);
        parts.WebhookDeliveries.Map(app);
        parts.Kafka.Map(app);
        parts.PendingTags.Map(app);
        app.MapAdminPurge(parts.Saving, parts.Settings.Limits);
        parts.Lineage.MapPaths(app);
        foreach (var prefix in Prefixes)
        {
            var group = app.MapGroup(prefix);
            group.MapAssetWrites(parts.Saving, parts.Catalog.Reader);
            group.MapAssetDeletes(parts.Saving, parts.Settings.Limits);
            group.MapTags(parts.Saving, parts.Catalog.Reader);
            group.MapParts(parts.Saving, parts.Catalog.Reader);
            group.MapAssetReads(parts.Catalog.Reader, parts.Settings.Limits);
            group.MapAssetHistory(parts.Catalog.History);
            parts.Audit.Map(group);
            parts.Tasks.Map(group);
            group.MapTaggedHeaders(parts.Catalog.Audit);
            parts.Lineage.Map(group);
            parts.Typedefs.Map(group);
            parts.TypedefEditing.Map(group, makesNames: prefix == AtlanPrefix);
            group.MapGlossaries(parts.Saving, parts.Catalog.Reader);
            group.MapRelationships(parts.Saving, parts.Catalog.Relationships);
            parts.Search.Map(group);
            parts.AtlasSearch.Map(group);
            parts.RelatedSearch.Map(group);
        }
    }
}
