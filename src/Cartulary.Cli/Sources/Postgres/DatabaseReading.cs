using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>
/// Reads one database to its end, page by page. What is referred to comes before what refers to it: tables and views of all
/// schemas, then partitions, whose table may be in another schema, then routines, then the lineage of views. A schema that
/// cannot be read to its end is told as failed, and the others go on.
/// </summary>
internal sealed class DatabaseReading(PostgresCatalog catalog, PostgresNames names, PostgresOptions options, ScanReport report)
{
    private readonly PostgresAssets _assets = new(names, options.WithStatistics);
    private readonly Dictionary<uint, PlacedRelation> _relations = [];

    /// <summary>The assets. The report is complete when they have been read to their end.</summary>
    /// <exception cref="SourceException">The connection is lost.</exception>
    public async IAsyncEnumerable<SourceAsset> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (description, all) = await BeginAsync(cancellationToken);
        ImmutableArray<SchemaReading> schemas = [.. all.Where(schema => options.Schemas.Takes(schema.Name)).Select(schema => new SchemaReading(schema))];
        yield return _assets.Database(description);
        foreach (var schema in schemas)
        {
            yield return _assets.Schema(schema.Schema);
        }

        var parts = new Func<SchemaReading, CancellationToken, IAsyncEnumerable<SourceAsset>>[]
        {
            (schema, token) => RelationsAsync(schema, partitions: false, token),
            (schema, token) => RelationsAsync(schema, partitions: true, token),
            RoutinesAsync,
            new ViewReading(catalog, names, _assets, _relations, schemas, report).ReadAsync,
        };
        foreach (var part in parts)
        {
            foreach (var schema in schemas)
            {
                await foreach (var asset in part(schema, cancellationToken))
                {
                    yield return asset;
                }
            }
        }

        Conclude(all, schemas);
    }

    private async Task<(string? Description, ImmutableArray<PostgresSchema> Schemas)> BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ((await catalog.DatabaseAsync(cancellationToken)).Description, await catalog.SchemasAsync(cancellationToken));
        }
        catch (PostgresFailure failure)
        {
            throw new SourceException($"the database {names.DatabaseName} cannot be read: {failure.Message}");
        }
    }

    private void Conclude(ImmutableArray<PostgresSchema> all, ImmutableArray<SchemaReading> schemas)
    {
        if (schemas.IsEmpty)
        {
            report.Warn($"no schema of the database {names.DatabaseName} is wanted");
        }

        report.EndSchemas(names.Database, names.DatabaseName, all.Select(schema => names.Schema(schema.Name)).ToFrozenSet(StringComparer.Ordinal));
        foreach (var schema in schemas)
        {
            if (schema.Failure is { } reason)
            {
                report.Warn($"the schema {Label(schema)} could not be read to its end, and nothing of it was archived: {reason}");
            }
            else
            {
                report.End(new(names.Schema(schema.Schema.Name), Label(schema), schema.Relations + schema.Routines == 0));
                report.Tell($"{Label(schema)}: {ValueText.Count(schema.Relations)} tables and views, {ValueText.Count(schema.Routines)} routines");
            }
        }
    }

    private string Label(SchemaReading schema) => $"{names.DatabaseName}.{schema.Schema.Name}";

    private async IAsyncEnumerable<SourceAsset> RelationsAsync(
        SchemaReading schema, bool partitions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = "";
        for (var isLast = false; !isLast;)
        {
            var page = await schema.TryAsync(() => RelationsWithColumnsAsync(schema.Schema, partitions, after, cancellationToken));
            foreach (var (relation, columns) in page)
            {
                _relations[relation.Id] = new(relation.TypeName, names.Relation(schema.Schema.Name, relation.Name));
                schema.Relations++;
                yield return _assets.Relation(schema.Schema, relation, _relations.TryGetValue(relation.Root, out var root) ? root.QualifiedName : null);
                foreach (var column in columns)
                {
                    yield return _assets.Column(schema.Schema, relation, column);
                }
            }

            isLast = page.Length < options.Limits.Page;
            after = isLast ? after : page[^1].Relation.Name;
        }
    }

    private async Task<ImmutableArray<(PostgresRelation Relation, IEnumerable<PostgresColumn> Columns)>> RelationsWithColumnsAsync(
        PostgresSchema schema, bool partitions, string after, CancellationToken cancellationToken)
    {
        var relations = await catalog.RelationsAsync(schema, partitions, after, cancellationToken);
        var columns = (await catalog.ColumnsAsync(relations.Select(relation => relation.Id), cancellationToken)).ToLookup(column => column.Relation);
        return [.. relations.Select(relation => (relation, columns[relation.Id]))];
    }

    private async IAsyncEnumerable<SourceAsset> RoutinesAsync(SchemaReading schema, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PostgresRoutine? after = null;
        for (var isLast = false; !isLast;)
        {
            var page = await schema.TryAsync(() => catalog.RoutinesAsync(schema.Schema, after, cancellationToken));
            foreach (var routine in page)
            {
                schema.Routines++;
                yield return _assets.Routine(schema.Schema, routine);
            }

            isLast = page.Length < options.Limits.Page;
            after = isLast ? after : page[^1];
        }
    }
}
