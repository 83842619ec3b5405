using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Cli.Sources.Postgres.Lineage;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>
/// Reads the lineage of views. Which tables and views a view reads, PostgreSQL says itself; which columns its columns are made
/// of is read from the parse tree. Where the tree is not understood, the lineage of columns is left as it was.
/// </summary>
internal sealed class ViewReading(
    PostgresCatalog catalog,
    PostgresNames names,
    PostgresAssets assets,
    IReadOnlyDictionary<uint, PlacedRelation> relations,
    ImmutableArray<SchemaReading> schemas,
    ScanReport report)
{
    // Smaller object ids belong to the system.
    private const uint FirstOfUsers = 16384;

    /// <summary>The steps of lineage to the views of a schema; tables and views that were not sent are no inputs.</summary>
    public async IAsyncEnumerable<SourceAsset> ReadAsync(SchemaReading schema, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = "";
        while (true)
        {
            var page = await schema.TryAsync(() => ViewsAsync(schema.Schema, after, cancellationToken));
            foreach (var asset in page.SelectMany(view => Assets(schema.Schema, view)))
            {
                yield return asset;
            }

            if (page.IsEmpty)
            {
                yield break;
            }

            after = page[^1].View.Name;
        }
    }

    private async Task<ImmutableArray<NamedView>> ViewsAsync(PostgresSchema schema, string after, CancellationToken cancellationToken)
    {
        var views = await catalog.ViewsAsync(schema, after, cancellationToken);
        ImmutableArray<(PostgresView View, ImmutableSortedDictionary<short, ImmutableArray<BaseColumn>>? Columns)> read = [.. views.Select(view => (view, Columns(view)))];
        ImmutableArray<BaseColumn> wanted =
        [
            .. read.Where(view => view.Columns is not null)
                .SelectMany(view => view.Columns!.SelectMany(column => column.Value.Append(new(view.View.Id, column.Key))))
                .Distinct()
                .Where(column => relations.ContainsKey(column.Relation)),
        ];
        var found = (await catalog.ColumnNamesAsync([.. wanted.Select(column => column.Relation)], [.. wanted.Select(column => column.Number)], cancellationToken))
            .ToDictionary(column => new BaseColumn(column.Relation, column.Number), column => new PlacedColumn(column.Name, QualifiedNames.Below(relations[column.Relation].QualifiedName, column.Name)));
        return [.. read.Select(view => new NamedView(view.View, view.Columns, found))];
    }

    private static ImmutableSortedDictionary<short, ImmutableArray<BaseColumn>>? Columns(PostgresView view)
    {
        try
        {
            return ViewTree.Read(view.Action).Columns();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private IEnumerable<SourceAsset> Assets(PostgresSchema schema, NamedView named)
    {
        var view = named.View;
        ImmutableArray<PlacedRelation> inputs =
            [.. view.Relations.Where(relations.ContainsKey).Select(relation => relations[relation]).OrderBy(input => input.QualifiedName, StringComparer.Ordinal)];
        if (!relations.TryGetValue(view.Id, out var output))
        {
            yield break;
        }

        if (MayMissInputs(view))
        {
            report.MarkUnread(QualifiedNames.ProcessOf(output.QualifiedName));
            yield break;
        }

        if (inputs.IsEmpty)
        {
            yield break;
        }

        yield return assets.Process(view, output, inputs);
        if (named.Columns is null)
        {
            report.MarkUnread(QualifiedNames.ProcessOf(output.QualifiedName));
            report.Warn($"the lineage of the columns of {names.DatabaseName}.{schema.Name}.{view.Name} is not known: its parse tree is of an unknown form");
            yield break;
        }

        foreach (var (number, sources) in named.Columns)
        {
            ImmutableArray<PlacedColumn> columns =
                [.. sources.Where(named.Names.ContainsKey).Select(source => named.Names[source]).OrderBy(source => source.QualifiedName, StringComparer.Ordinal)];
            if (columns.Length > 0 && named.Names.TryGetValue(new(view.Id, number), out var column))
            {
                yield return assets.ColumnProcess(output, column, columns);
            }
        }
    }

    // A table that is not known because its schema could not be read is still an input.
    private bool MayMissInputs(PostgresView view) =>
        schemas.Any(schema => schema.Failure is not null) && view.Relations.Any(relation => relation >= FirstOfUsers && !relations.ContainsKey(relation));

    private sealed record NamedView(
        PostgresView View, ImmutableSortedDictionary<short, ImmutableArray<BaseColumn>>? Columns, IReadOnlyDictionary<BaseColumn, PlacedColumn> Names);
}
