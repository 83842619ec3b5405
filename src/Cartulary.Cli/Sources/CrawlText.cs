using System.Text.Json.Nodes;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Sources;

/// <summary>What a crawl did, for people and for programs.</summary>
internal static class CrawlText
{
    private const int MostAssetsListed = 40;

    /// <summary>The assets that changed and how, as far as there is room, then the counts.</summary>
    public static IEnumerable<TextLine> Of(CrawlResult result, NameBook names)
    {
        var listed = result.Events.Where(told => !FollowsFromParent(told, result)).ToList();
        foreach (var line in listed.Take(MostAssetsListed).SelectMany(told => Change(told, result.ConnectionQualifiedName, names)))
        {
            yield return line.Indented(2);
        }

        if (listed.Count > MostAssetsListed || (result.Events.IsEmpty && result.FirstSequence is not null))
        {
            yield return TextLine.Of($"  all of it: cartulary events list --after {result.FirstSequence - 1}", Tone.Faint);
        }

        foreach (var asset in result.Foreseen ?? [])
        {
            var name = ValueText.Printable(QualifiedNames.Readable(asset.QualifiedName, result.ConnectionQualifiedName));
            yield return TextLine.Of($"- {asset.TypeName} ", Tone.Removed).With(name, Tone.Strong);
        }

        yield return Counts(result);
    }

    /// <summary>The counts in one line.</summary>
    public static TextLine Counts(CrawlResult result)
    {
        var tally = result.Tally;
        if (result.Foreseen is { } foreseen)
        {
            return TextLine.Of($"{ValueText.Count(tally.Sent)} assets: ", Tone.Strong)
                .With($"{ValueText.Count(tally.Created.Count)} would be created, {ValueText.Count(tally.Updated)} updated, ")
                .With($"{ValueText.Count(tally.Unchanged)} unchanged, {ValueText.Count(foreseen.Length)} archived; nothing was done");
        }

        var events = result.FirstSequence switch
        {
            null => "no events",
            { } first when first == result.LastSequence => $"event #{first}",
            { } first => $"events #{first}-{result.LastSequence}",
        };
        return TextLine.Of($"{ValueText.Count(tally.Sent)} assets: ", Tone.Strong)
            .With($"{ValueText.Count(tally.Created.Count)} created, {ValueText.Count(tally.Updated)} updated, ")
            .With($"{ValueText.Count(tally.Unchanged)} unchanged, {ValueText.Count(tally.Archived.Count)} archived; {events}");
    }

    /// <summary>The new assets by type, for example <c>1 Database, 16 Table</c>.</summary>
    public static string CreatedByType(CrawlResult result) => string.Join(
        ", ",
        result.Tally.Created.GroupBy(asset => asset.TypeName).Select(group => $"{ValueText.Count(group.Count())} {group.Key}"));

    /// <summary>The counts as JSON.</summary>
    public static JsonObject Json(CrawlResult result)
    {
        var json = new JsonObject
        {
            ["connection"] = result.ConnectionQualifiedName,
            ["assets"] = result.Tally.Sent,
            ["created"] = result.Tally.Created.Count,
            ["updated"] = result.Tally.Updated,
            ["unchanged"] = result.Tally.Unchanged,
            ["archived"] = result.Foreseen?.Length ?? result.Tally.Archived.Count,
            ["firstSequence"] = result.FirstSequence,
            ["lastSequence"] = result.LastSequence,
            ["warnings"] = new JsonArray([.. result.Warnings.Select(warning => (JsonNode)warning)]),
        };
        if (result.Foreseen is not null)
        {
            json["dryRun"] = true;
        }

        return json;
    }

    // The columns of a table that came or went with it say nothing that the table's own line does not, and so with lineage.
    private static bool FollowsFromParent(FeedEvent told, CrawlResult result) => told.Operation switch
    {
        "ENTITY_CREATE" => HasParentIn(told, result.Tally.Created),
        "ENTITY_DELETE" => HasParentIn(told, result.Tally.Archived),
        _ => false,
    };

    private static bool HasParentIn(FeedEvent told, IReadOnlyCollection<AssetHeader> assets) => told.Asset.TypeName switch
    {
        "Column" => Has(assets, Above(told.Asset.QualifiedName)),
        "ColumnProcess" => Has(assets, QualifiedNames.ProcessOf(Above(Above(told.Asset.QualifiedName)))),
        _ => false,
    };

    private static bool Has(IEnumerable<AssetHeader> assets, string qualifiedName) =>
        assets.Any(asset => asset.QualifiedName == qualifiedName && asset.TypeName is not ("Column" or "ColumnProcess"));

    private static string Above(string qualifiedName) => qualifiedName[..Math.Max(qualifiedName.LastIndexOf('/'), 0)];

    private static IEnumerable<TextLine> Change(FeedEvent told, string prefix, NameBook names)
    {
        var (mark, tone) = told.Operation switch
        {
            "ENTITY_CREATE" => ("+", Tone.Added),
            "ENTITY_DELETE" => ("-", Tone.Removed),
            _ => ("~", Tone.Changed),
        };
        var name = ValueText.Printable(QualifiedNames.Readable(told.Asset.QualifiedName, prefix));
        yield return TextLine.Of($"{mark} {told.Asset.TypeName} ", tone).With(name, Tone.Strong).With($"  #{told.Sequence}", Tone.Faint);
        if (told.Operation is not ("ENTITY_CREATE" or "ENTITY_DELETE"))
        {
            foreach (var line in EventText.Changes(told, names))
            {
                yield return line.Indented(4);
            }
        }
    }
}
