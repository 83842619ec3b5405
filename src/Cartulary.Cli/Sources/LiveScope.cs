using System.Collections.Immutable;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Sources;

/// <summary>The live tables, views and columns that the catalog has below a schema.</summary>
/// <param name="Relations">Tables and views.</param>
/// <param name="Columns">Their columns, with the qualified name of the table or view each was found below.</param>
/// <param name="Unlisted">Relationships too large for the server to list, as <c>columns of orders</c>; what they hold is not known.</param>
internal sealed record LiveScope(
    ImmutableArray<AssetHeader> Relations,
    ImmutableArray<(AssetHeader Column, string Parent)> Columns,
    ImmutableArray<string> Unlisted)
{
    /// <summary>How many assets there are.</summary>
    public int Count => Relations.Length + Columns.Length;

    /// <summary>
    /// Follows the stored relationships down from the schema. Tables and views that are known to be new are not looked into:
    /// they have exactly the columns that were just saved.
    /// </summary>
    public static async Task<LiveScope> ReadAsync(
        CatalogClient client, string schemaQualifiedName, IReadOnlySet<string> newGuids, CancellationToken cancellationToken)
    {
        if (await client.FindAsync("Schema", schemaQualifiedName, cancellationToken) is not { } schema)
        {
            return new([], [], []);
        }

        ImmutableArray<AssetHeader> relations = [.. schema.LiveRelated("tables"), .. schema.LiveRelated("views")];
        var unlisted = NotListed(schema, "tables", "views").ToList();
        var columns = ImmutableArray.CreateBuilder<(AssetHeader, string)>();
        foreach (var relation in relations.Where(relation => !newGuids.Contains(relation.Guid)))
        {
            if (await client.FindAsync(relation.Guid, cancellationToken) is { } document)
            {
                unlisted.AddRange(NotListed(document, "columns"));
                columns.AddRange(document.LiveRelated("columns").Select(column => (column, relation.QualifiedName)));
            }
        }

        return new(relations, columns.ToImmutable(), [.. unlisted]);
    }

    private static IEnumerable<string> NotListed(AssetDocument document, params string[] ends) =>
        document.LeftOut.Intersect(ends, StringComparer.Ordinal).Select(end => $"{end} of {document.Header.Name}");
}
