using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Sources;

/// <summary>
/// The live assets that the catalog has below a schema: tables, views, partitions and procedures, their columns, and the steps
/// of lineage that crawlers made for views.
/// </summary>
/// <param name="Assets">The assets, children before their parents.</param>
/// <param name="Unlisted">Relationships too large for the server to list, as <c>columns of orders</c>; what they hold is not known.</param>
internal sealed record LiveScope(ImmutableArray<LiveAsset> Assets, ImmutableArray<string> Unlisted)
{
    private const int GuidsPerRequest = 200;

    // One is answered while another is read.
    private const int RequestsAtOnce = 2;

    private static readonly string[] Kinds = ["tables", "views", "materialisedViews", "procedures"];

    /// <summary>
    /// Follows the stored relationships down from the schema. What is known to be new is not looked into: below it is exactly
    /// what was just saved.
    /// </summary>
    public static async Task<LiveScope> ReadAsync(
        CatalogClient client, string schemaQualifiedName, IReadOnlySet<string> newGuids, CancellationToken cancellationToken)
    {
        if (await client.FindAsync("Schema", schemaQualifiedName, cancellationToken) is not { } schema)
        {
            return new([], []);
        }

        var levels = new List<List<LiveAsset>>();
        var unlisted = NotListed(schema, Kinds).ToList();
        var level = Kinds.SelectMany(schema.LiveRelated).Select(asset => new LiveAsset(asset, schemaQualifiedName)).ToList();
        while (level.Count > 0)
        {
            levels.Add(level);
            var below = new List<LiveAsset>();
            foreach (var parents in level.Where(found => IsParent(found.Asset) && !newGuids.Contains(found.Asset.Guid)).Chunk(GuidsPerRequest).Chunk(RequestsAtOnce))
            {
                var answers = await Task.WhenAll(parents.Select(some => client.FindManyAsync(some.Select(parent => Guid.Parse(parent.Asset.Guid)), cancellationToken)));
                AddBelow(answers.SelectMany(entities => entities), below, unlisted);
            }

            level = below;
        }

        levels.Reverse();
        return new([.. levels.SelectMany(found => found)], [.. unlisted]);
    }

    private static bool IsParent(AssetHeader asset) => asset.TypeName is "Table" or "TablePartition" or "View" or "MaterialisedView" or "Process";

    private static void AddBelow(IEnumerable<JsonElement> parents, List<LiveAsset> below, List<string> unlisted)
    {
        foreach (var entity in parents)
        {
            var document = new AssetDocument(entity);
            var parent = document.Header;
            unlisted.AddRange(NotListed(document, "columns", "partitions", "columnProcesses", "outputFromProcesses"));
            below.AddRange(document.LiveRelated("outputFromProcesses").Where(process => process.QualifiedName == QualifiedNames.ProcessOf(parent.QualifiedName))
                .Concat(document.LiveRelated("columnProcesses"))
                .Concat(document.LiveRelated("columns"))
                .Concat(document.LiveRelated("partitions"))
                .Select(asset => new LiveAsset(asset, parent.QualifiedName)));
        }
    }

    private static IEnumerable<string> NotListed(AssetDocument document, params string[] ends) =>
        document.LeftOut.Intersect(ends, StringComparer.Ordinal).Select(end => $"{end} of {document.Header.Name}");
}
