using System.Collections.Immutable;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Sources;

/// <summary>
/// Finds what the catalog has and the source no longer has: in each schema that was read to its end, and schemas as a whole
/// where all of a database's were listed. What lies in any other schema is never gone, wherever it is found.
/// </summary>
/// <param name="client">The catalog.</param>
/// <param name="guard">Decides about each schema by itself.</param>
/// <param name="report">What was read.</param>
/// <param name="seen">The assets that the source has, by type and qualified name.</param>
/// <param name="newGuids">The assets that this crawl made.</param>
internal sealed class Sweep(
    CatalogClient client, SweepGuard guard, ScanReport report, IReadOnlySet<(string, string)> seen, IReadOnlySet<string> newGuids)
{
    private readonly ImmutableArray<AssetHeader>.Builder _gone = ImmutableArray.CreateBuilder<AssetHeader>();
    private readonly ImmutableArray<string>.Builder _objections = ImmutableArray.CreateBuilder<string>();
    private readonly HashSet<string> _covered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _live = new(StringComparer.Ordinal);

    /// <summary>Looks through all that was read, and changes nothing.</summary>
    public async Task<SweepPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var dropped = new List<(SchemaList List, ImmutableArray<AssetHeader> Schemas)>();
        foreach (var list in report.SchemaLists)
        {
            dropped.Add((list, await DroppedAsync(list, cancellationToken)));
        }

        _covered.UnionWith(report.Scopes.Select(scope => scope.Schema).Concat(dropped.SelectMany(list => list.Schemas).Select(schema => schema.QualifiedName)));
        foreach (var scope in report.Scopes)
        {
            await SweepAsync(scope, cancellationToken);
        }

        foreach (var (list, schemas) in dropped)
        {
            await SweepAsync(list, schemas, cancellationToken);
        }

        return new([.. _gone.DistinctBy(asset => asset.Guid)], _objections.ToImmutable());
    }

    private async Task<ImmutableArray<AssetHeader>> DroppedAsync(SchemaList list, CancellationToken cancellationToken)
    {
        if (await client.FindAsync("Database", list.Database, cancellationToken) is not { } database)
        {
            return [];
        }

        if (database.LeftOut.Contains("schemas"))
        {
            Object([$"schemas of {list.Label}"], "");
            return [];
        }

        return [.. database.LiveRelated("schemas").Where(schema => !list.Schemas.Contains(schema.QualifiedName))];
    }

    private async Task SweepAsync(SourceScope scope, CancellationToken cancellationToken)
    {
        var live = await LiveScope.ReadAsync(client, scope.Schema, newGuids, cancellationToken);
        _live[scope.Schema] = live.Assets.Length;
        var label = report.Scopes.Count > 1 ? $"{scope.Label}: " : "";
        if (!live.Unlisted.IsEmpty)
        {
            Object(live.Unlisted, label);
            return;
        }

        Decide(Gone(live), live.Assets.Length, scope.IsEmpty, label);
    }

    private async Task SweepAsync(SchemaList list, ImmutableArray<AssetHeader> schemas, CancellationToken cancellationToken)
    {
        var gone = new List<AssetHeader>();
        foreach (var schema in schemas)
        {
            var live = await LiveScope.ReadAsync(client, schema.QualifiedName, newGuids, cancellationToken);
            if (!live.Unlisted.IsEmpty)
            {
                Object(live.Unlisted, $"{list.Label}: ");
                return;
            }

            gone.AddRange(Gone(live));
            gone.Add(schema);
        }

        var others = _live.Where(scope => scope.Key.StartsWith(list.Database + "/", StringComparison.Ordinal)).Sum(scope => scope.Value);
        Decide(gone, others + gone.Count, list.Schemas.Count == 0, $"schemas of {list.Label}: ");
    }

    private List<AssetHeader> Gone(LiveScope live) =>
    [
        .. live.Assets.Where(found => !seen.Contains((found.Asset.TypeName, found.Asset.QualifiedName)) && IsCovered(found.Asset) && !IsUnknown(found))
            .Select(found => found.Asset),
    ];

    private bool IsUnknown(LiveAsset found) =>
        report.IsUnread(found.Parent) || (found.Asset.TypeName == "Process" && report.IsUnread(found.Asset.QualifiedName));

    // A partition is found below its table, which may be in another schema.
    private bool IsCovered(AssetHeader asset) =>
        _covered.Any(schema => asset.QualifiedName.StartsWith(schema, StringComparison.Ordinal) && asset.QualifiedName.AsSpan(schema.Length).StartsWith('/'));

    private void Decide(List<AssetHeader> gone, int live, bool isEmpty, string label)
    {
        if (guard.Objection(gone.Count, live, isEmpty) is { } objection)
        {
            _objections.Add(label + objection);
            return;
        }

        _gone.AddRange(gone);
    }

    private void Object(ImmutableArray<string> unlisted, string label) => _objections.Add(
        $"{label}the server does not list the {string.Join(", the ", unlisted)}: there are more than its setting "
        + "Limits:EdgesPerEnd allows; nothing was archived. Raise the setting and crawl again");
}
