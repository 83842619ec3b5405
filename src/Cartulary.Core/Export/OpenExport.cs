using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Export;

/// <summary>
/// An export of one moment: types that are not the program's own, assets in use and then archived ones, each in the order in which
/// they were created, which of them were archived together, and an end. What is held at a time does not grow with the catalog, but
/// for the guids of archived assets.
/// </summary>
public sealed class OpenExport : IAsyncDisposable
{
    private const int ChunkAssets = 200;

    private readonly IReadSession _session;
    private readonly ExportedAssets _assets;
    private readonly TypeRegistry _registry;
    private readonly ExportScope _scope;
    private readonly ImmutableArray<TypeDef> _definitions;
    private readonly long _known;

    internal OpenExport(
        IReadSession session, TypeRegistry registry, ExportScope scope, ExportMoment moment, ImmutableArray<TypeDef> definitions, long known)
    {
        _session = session;
        _assets = new ExportedAssets(session, moment.Commit);
        _registry = registry;
        _scope = scope;
        _definitions = definitions;
        _known = known;
        Moment = moment;
    }

    /// <summary>The moment that it shows, by which it can be gone on with.</summary>
    public ExportMoment Moment { get; }

    /// <summary>The lines after those that the reader has, some at a time; each ends with a line feed. To be read once.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var writer = new ExportWriter(_registry, _known);
        writer.WriteStart();
        foreach (var definition in _definitions)
        {
            writer.WriteType(definition);
        }

        yield return writer.Take();
        var archived = new List<(AssetId Id, Guid Guid)>();
        var (count, after) = (0L, (AssetId?)new AssetId(0));
        while (after is { } place)
        {
            (var chunk, after) = await _assets.ScanAsync(place, ChunkAssets, cancellationToken);
            var wanted = chunk.Where(asset => _scope.Holds(asset, _registry)).ToLookup(asset => asset.Status == AssetStatus.Active);
            archived.AddRange(wanted[false].Select(asset => (asset.Id, asset.Guid)));
            count += await WriteAsync(writer, [.. wanted[true]], cancellationToken);
            yield return writer.Take();
        }

        // Names that archived assets have may be those of assets in use, which are to have them first.
        foreach (var chunk in archived.Chunk(ChunkAssets))
        {
            var loaded = await _assets.LoadAsync([.. chunk.Select(item => item.Id)], cancellationToken);
            count += await WriteAsync(writer, [.. chunk.Select(item => loaded[item.Id])], cancellationToken);
            yield return writer.Take();
        }

        foreach (var group in await GroupsAsync(archived, cancellationToken))
        {
            writer.WriteArchived(group);
            yield return writer.Take();
        }

        writer.WriteEnd(_definitions.Length, count, archived.Count);
        yield return writer.Take();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async ValueTask<int> WriteAsync(ExportWriter writer, ImmutableArray<StoredAsset> assets, CancellationToken cancellationToken)
    {
        var wanted = assets[writer.PassOver(assets.Length)..];
        if (wanted.IsEmpty)
        {
            return assets.Length;
        }

        var edges = await _assets.EdgesAsync(wanted.Select(asset => asset.Id).ToHashSet(), cancellationToken);
        var held = _scope.IsAll ? null : await HeldAsync(wanted, edges, cancellationToken);
        var byLater = edges
            .Where(edge => held is null || (held.Contains(edge.End1.Guid) && held.Contains(edge.End2.Guid)))
            .ToLookup(edge => IsLater(edge.End1, edge.End2) ? edge.End1.Id : edge.End2.Id);
        foreach (var asset in wanted)
        {
            writer.WriteAsset(asset, asset.State.Tags.Where(tag => held is null || held.Contains(tag.Source)), byLater[asset.Id]);
        }

        return assets.Length;
    }

    /// <summary>Whether an asset comes after another one in the file: archived ones after those in use, then by their numbers.</summary>
    private static bool IsLater(EdgeEnd one, EdgeEnd other) =>
        one.Status == other.Status ? one.Id.Value > other.Id.Value : other.Status == AssetStatus.Active;

    /// <summary>Which of the assets that others name are in the export too.</summary>
    private async ValueTask<HashSet<Guid>> HeldAsync(
        ImmutableArray<StoredAsset> assets, ImmutableArray<StoredEdge> edges, CancellationToken cancellationToken)
    {
        var sources = assets.SelectMany(asset => asset.State.Tags).Select(tag => tag.Source).ToHashSet();
        var found = await _assets.FindAsync(sources, cancellationToken);
        var ends = await _assets.LoadAsync(edges.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }).ToHashSet(), cancellationToken);
        return [.. found.Concat(ends.Values).Concat(assets).Where(asset => _scope.Holds(asset, _registry)).Select(asset => asset.Guid)];
    }

    /// <summary>The archived assets by the commit that archived them, the oldest first; those of which that is not known any more before them.</summary>
    private async ValueTask<IEnumerable<IEnumerable<Guid>>> GroupsAsync(
        List<(AssetId Id, Guid Guid)> archived, CancellationToken cancellationToken)
    {
        var commits = new Dictionary<AssetId, CommitNumber>();
        foreach (var chunk in archived.Chunk(1_000))
        {
            foreach (var (asset, commit) in await _assets.ArchivingsAsync([.. chunk.Select(item => item.Id)], cancellationToken))
            {
                commits[asset] = commit;
            }
        }

        return archived.GroupBy(item => commits.GetValueOrDefault(item.Id)).OrderBy(group => group.Key.Value).Select(group => group.Select(item => item.Guid));
    }
}
