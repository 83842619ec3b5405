using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>
/// Tells how an asset came to be what it is: each call is one snapshot, and reads a bounded part of the log. A purged asset is
/// found by its guid, as long as its end has not been trimmed.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
public sealed class AssetHistory(ICatalogStore store, TypeRegistrySource types)
{
    /// <summary>Most versions that one blame looks at.</summary>
    public const int BlamedVersions = 1_000;

    /// <summary>An asset's versions below one, the newest first; null with a problem when there is no such asset.</summary>
    /// <param name="selector">The asset.</param>
    /// <param name="before">Versions below this one; null for the newest.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<(VersionPage? Page, Problem? Problem)> VersionsAsync(
        AssetSelector selector, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var (asset, problem) = await SelectorResolver.FindEverAsync(session, registry, selector, cancellationToken);
        if (asset is null)
        {
            return (null, problem);
        }

        var changes = new List<VersionChange>();
        var reader = await ReaderAsync(session, registry, asset.Id, cancellationToken);
        var next = await reader.ReadAsync(Below(asset, before), limit, changes.Add, cancellationToken);
        return (new VersionPage(asset, registry.Entity(asset.TypeId), [.. changes], next), null);
    }

    /// <summary>
    /// Which version last changed each part of an asset, among those below one; null with a problem when there is no such
    /// asset.
    /// </summary>
    /// <param name="selector">The asset.</param>
    /// <param name="before">Only versions below this one; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<(Blame? Blame, Problem? Problem)> BlameAsync(AssetSelector selector, long? before, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var (asset, problem) = await SelectorResolver.FindEverAsync(session, registry, selector, cancellationToken);
        if (asset is null)
        {
            return (null, problem);
        }

        var fold = new BlameFold();
        var reader = await ReaderAsync(session, registry, asset.Id, cancellationToken);
        var next = await reader.ReadAsync(Below(asset, before), BlamedVersions, fold.Add, cancellationToken);
        return (fold.Result(asset, registry.Entity(asset.TypeId), next), null);
    }

    /// <summary>
    /// What differs between an asset at one moment and at another, in either direction; null with a problem when one of them
    /// cannot be seen.
    /// </summary>
    /// <param name="selector">The asset.</param>
    /// <param name="from">The first moment; null for the version before the second one, or that one when it is the first.</param>
    /// <param name="to">The second moment.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<(AssetDifference? Difference, Problem? Problem)> DiffAsync(
        AssetSelector selector, Moment? from, Moment to, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var (asset, problem) = await SelectorResolver.FindEverAsync(session, registry, selector, cancellationToken);
        if (asset is null)
        {
            return (null, problem);
        }

        var (second, unseen) = await PastLocator.FindAsync(session, asset, to, "to", cancellationToken);
        if (second is not { } after)
        {
            return (null, unseen);
        }

        var start = from ?? await BeforeAsync(session, asset.Id, after, cancellationToken);
        var (first, unseenFirst) = await PastLocator.FindAsync(session, asset, start, "from", cancellationToken);
        return first is { } before
            ? (await StateComparison.CompareAsync(session, registry, asset.Id, before, after, cancellationToken), null)
            : (null, unseenFirst);
    }

    private static async ValueTask<Moment> BeforeAsync(IReadSession session, AssetId asset, CommitNumber commit, CancellationToken cancellationToken)
    {
        var version = (await session.LoadAsOfAsync([asset], commit, cancellationToken))[asset].Version;
        return new Moment.AtVersion(Math.Max(1, version - 1));
    }

    private static async ValueTask<VersionReader> ReaderAsync(
        IReadSession session, TypeRegistry registry, AssetId asset, CancellationToken cancellationToken)
    {
        var oldest = (await session.LoadAsOfAsync([asset], session.Head.Trimmed, cancellationToken)).GetValueOrDefault(asset);
        return new VersionReader(session, registry, asset, oldest?.Version ?? 1);
    }

    private static long Below(StoredAsset asset, long? before) => Math.Min(before ?? long.MaxValue, asset.Version + 1);
}
