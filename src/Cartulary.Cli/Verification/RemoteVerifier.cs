using System.Globalization;
using System.Net;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Core.Events;

namespace Cartulary.Cli.Verification;

/// <summary>
/// Checks a running server the way any consumer could: folds its feed from the first event and compares every asset with what
/// the server answers. An asset that is saved meanwhile is looked at again after the events that followed. Where the log has
/// been trimmed, of older assets only what the kept events tell is compared.
/// </summary>
internal sealed class RemoteVerifier(CatalogClient client)
{
    private const int PageEvents = 2_000;
    private const int PageAssets = 50;
    private const int MostRounds = 10;
    private FeedFold _fold = new(0);
    private readonly List<string> _faults = [];

    /// <summary>Verifies; <paramref name="progress"/> is told how many events have been folded.</summary>
    public async Task<Core.Query.Verification> VerifyAsync(IProgress<long> progress, CancellationToken cancellationToken)
    {
        var oldest = (await client.ReadBoundsAsync(cancellationToken)).Oldest;
        _fold = new FeedFold(oldest - 1, isPartial: oldest > 1);
        await FoldAsync(progress, cancellationToken);
        var assets = _fold.Assets.Count;
        var pending = _fold.Assets.Keys.Order().ToList();
        for (var round = 0; pending.Count > 0 && round < MostRounds; round++)
        {
            var moved = new List<Guid>();
            foreach (var page in pending.Chunk(PageAssets))
            {
                moved.AddRange(await CompareAsync(page, cancellationToken));
            }

            pending = moved;
            await FoldAsync(progress, cancellationToken);
            pending = pending.FindAll(_fold.Assets.ContainsKey);
        }

        _faults.AddRange(pending.Select(guid => $"asset {guid} was saved all the time, or is not there, and could not be compared"));
        return new Core.Query.Verification(_fold.Sequence - oldest + 1, assets, [.. _fold.Faults, .. _faults]);
    }

    private async Task FoldAsync(IProgress<long> progress, CancellationToken cancellationToken)
    {
        Client.FeedPage page;
        do
        {
            page = await client.ReadEventsAsync(new FeedRequest { After = _fold.Sequence, Limit = PageEvents }, cancellationToken);
            foreach (var item in page.Events)
            {
                _fold.Add(item.Sequence, item.Json.GetProperty("envelope"));
            }

            progress.Report(_fold.Sequence);
        }
        while (_fold.Sequence < page.Head && _fold.Faults.Count == 0);
    }

    /// <summary>Compares some assets; gives those that have moved on since their events were folded.</summary>
    private async Task<List<Guid>> CompareAsync(IReadOnlyList<Guid> guids, CancellationToken cancellationToken)
    {
        var moved = new List<Guid>();
        IReadOnlyList<JsonElement> entities;
        try
        {
            entities = await client.FindManyAsync(guids, cancellationToken);
        }
        catch (CatalogException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            // At least one of them was purged since its events were folded.
            return guids.Count == 1 ? [.. guids] : [.. await CompareAsync([.. guids.Take(guids.Count / 2)], cancellationToken), .. await CompareAsync([.. guids.Skip(guids.Count / 2)], cancellationToken)];
        }

        foreach (var entity in entities)
        {
            var guid = entity.GetProperty("guid").GetGuid();
            var told = _fold.Assets[guid];
            if (entity.GetProperty("version").GetInt64() > told.Version)
            {
                moved.Add(guid);
            }
            else
            {
                Compare(guid, told, entity);
            }
        }

        return moved;
    }

    private void Compare(Guid guid, FoldedAsset told, JsonElement entity)
    {
        Expect(guid, "version", told.Version.ToString(CultureInfo.InvariantCulture), entity.GetProperty("version").GetRawText());
        Expect(guid, "typeName", Quoted(told.TypeName), entity.GetProperty("typeName").GetRawText());
        Expect(guid, "status", Quoted(told.Status), entity.GetProperty("status").GetRawText());
        var attributes = entity.GetProperty("attributes").EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.GetRawText(), StringComparer.Ordinal);
        if (!told.IsPartial)
        {
            Expect(guid, "labels", told.Labels, entity.TryGetProperty("labels", out var labels) ? labels.GetRawText() : "[]");
            Expect(guid, "customAttributes", told.CustomAttributes, entity.TryGetProperty("customAttributes", out var custom) ? custom.GetRawText() : "{}");
        }

        foreach (var name in told.IsPartial ? told.Attributes.Keys : told.Attributes.Keys.Union(attributes.Keys))
        {
            Expect(guid, name, told.Attributes.GetValueOrDefault(name), attributes.GetValueOrDefault(name));
        }

        CompareFacets(guid, told, entity);
        if (!entity.TryGetProperty("truncatedRelationshipAttributes", out _))
        {
            var edges = LiveEdges(entity);
            foreach (var key in told.IsPartial ? told.Edges.Keys : told.Edges.Keys.Union(edges.Keys))
            {
                Expect(guid, $"{key.End} to {key.Partner}", told.Edges.GetValueOrDefault(key), edges.GetValueOrDefault(key));
            }
        }
    }

    private void CompareFacets(Guid guid, FoldedAsset told, JsonElement entity)
    {
        var answered = new FoldedAsset { TypeName = told.TypeName };
        if (entity.TryGetProperty("classifications", out var tags))
        {
            FoldedTags.Set(answered, tags);
        }

        foreach (var set in entity.Members("businessAttributes"))
        {
            foreach (var attribute in set.Value.EnumerateObject())
            {
                answered.CustomMetadata[(set.Name, attribute.Name)] = attribute.Value.GetRawText();
            }
        }

        foreach (var key in told.IsPartial ? told.Tags.Keys : told.Tags.Keys.Union(answered.Tags.Keys))
        {
            Expect(guid, $"tag {key.TypeName} of {key.Source}", told.Tags.GetValueOrDefault(key), answered.Tags.GetValueOrDefault(key));
        }

        foreach (var key in told.IsPartial ? told.CustomMetadata.Keys : told.CustomMetadata.Keys.Union(answered.CustomMetadata.Keys))
        {
            Expect(guid, $"{key.Set}.{key.Attribute}", told.CustomMetadata.GetValueOrDefault(key), answered.CustomMetadata.GetValueOrDefault(key));
        }
    }

    private static Dictionary<(string End, Guid Partner), string> LiveEdges(JsonElement entity)
    {
        var edges = new Dictionary<(string End, Guid Partner), string>();
        if (!entity.TryGetProperty("relationshipAttributes", out var ends))
        {
            return edges;
        }

        foreach (var end in ends.EnumerateObject())
        {
            foreach (var reference in end.Value.ValueKind == JsonValueKind.Array ? end.Value.EnumerateArray().ToArray() : [end.Value])
            {
                if (reference.GetProperty("relationshipStatus").GetString() == "ACTIVE")
                {
                    edges[(end.Name, reference.GetProperty("guid").GetGuid())] = AttributesOf(reference);
                }
            }
        }

        return edges;
    }

    private static string AttributesOf(JsonElement reference) =>
        reference.TryGetProperty("relationshipAttributes", out var own) && own.TryGetProperty("attributes", out var attributes) ? attributes.GetRawText() : "{}";

    private void Expect(Guid guid, string what, string? told, string? answered)
    {
        var same = told is null || answered is null
            ? told == answered
            : JsonElement.DeepEquals(JsonElement.Parse(told), JsonElement.Parse(answered));
        if (!same)
        {
            _faults.Add($"asset {guid}: {what} was told as {told ?? "absent"} and is {answered ?? "absent"}");
        }
    }

    private static string Quoted(string text) => $"\"{text}\"";
}
