using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Export;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Import;
using Cartulary.Core.Types;
using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Exchange;

/// <summary>Endpoints that give the catalog as a file, and take such a file in.</summary>
internal sealed class ExchangeEndpoints(
    ICatalogStore store, ExportReader exports, Importer importer, TypeRegistrySource types, BodyReader bodies, LimitOptions limits, IIdSource ids) : IDisposable
{
    private static readonly ImmutableSortedDictionary<string, string> NoHeaders = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly SemaphoreSlim _places = new(limits.ExportsAtOnce);

    /// <summary>Maps <c>/api/export</c> and <c>/api/import</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/export", http => ExportAsync(http, http.RequestAborted)).Describe(static () => ExchangeOperations.Export);
        endpoints.MapPost("/api/import", http => ImportAsync(http, http.RequestAborted)).RequireAdministrator().Describe(static () => ExchangeOperations.Import);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task ExportAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var query = new QueryReader(http.Request.Query);
        var registry = await FeedRequest.TypesForAsync(query, types, store, cancellationToken);
        var scope = new ExportScope(FeedRequest.ReadTypes(query, registry), query.Text("under") is { Length: > 0 } under ? under : null);
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        // Each export holds a snapshot, and with it a connection of the store, as long as its reader takes.
        if (!await _places.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            await ErrorAnswer.SendBusyAsync(http, $"{limits.ExportsAtOnce} exports are running; try again", cancellationToken);
            return;
        }

        try
        {
            await ExportAsync(http, scope, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task ExportAsync(HttpContext http, ExportScope scope, CancellationToken cancellationToken)
    {
        var (export, problem) = await exports.OpenAsync(scope, cancellationToken);
        if (export is null)
        {
            http.Response.Headers.RetryAfter = "1";
            await ErrorAnswer.SendAsync(http, [problem!], cancellationToken);
            return;
        }

        await using (export)
        {
            http.Response.ContentType = "application/x-ndjson";
            if (MethodAnswers.IsHead(http))
            {
                return;
            }

            await foreach (var lines in export.ReadAsync(cancellationToken))
            {
                await http.Response.Body.WriteAsync(lines, cancellationToken);
            }
        }
    }

    private async Task ImportAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var isTrial = query.Flag("dryRun");
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        var problems = new ProblemList();
        var request = JsonObjectBody.Parse(body.Written, problems, limits.JsonDepth) is { } json ? ImportRequest.Read(json, limits.ForSaves(), problems) : null;
        if (request is null || problems.Count > 0)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken, problems.Omitted);
            return;
        }

        var context = new CommitContext(ids.NewGuid(), http.Principal().Name, "import", request.Archived.IsEmpty ? null : "SOFT", NoHeaders);
        var outcome = isTrial ? await importer.ForeseeAsync(request, context, cancellationToken) : await importer.ImportAsync(request, context, cancellationToken);
        Count(outcome, isTrial);
        await (outcome is ImportOutcome.Refused refused
            ? ErrorAnswer.SendAsync(http, refused.Problems, cancellationToken, refused.Omitted)
            : JsonAnswer.SendAsync(http, 200, (ImportOutcome.Done)outcome, Write, cancellationToken));
    }

    /// <summary>An import is a save like others.</summary>
    private static void Count(ImportOutcome outcome, bool isTrial)
    {
        var changed = isTrial ? 0 : (outcome as ImportOutcome.Done)?.Changed ?? 0;
        ServerMetrics.CountSave(outcome is ImportOutcome.Refused ? "refused" : isTrial ? "foreseen" : changed > 0 ? "committed" : "unchanged", changed);
    }

    private static void Write(Utf8JsonWriter writer, ImportOutcome.Done done)
    {
        writer.WriteStartObject();
        writer.WriteNumber("changed"u8, done.Changed);
        writer.WriteNumber("unchanged"u8, done.Unchanged);
        writer.WriteEndObject();
    }
}
