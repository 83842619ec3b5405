using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Lineage;

/// <summary>Finds the assets from which lineage is read, as of the moment that is asked for.</summary>
internal static class LineageOpening
{
    /// <summary>The view and the assets, in the order asked; or all that is wrong.</summary>
    public static async ValueTask<(LineageView? View, ImmutableArray<EdgeEnd> Assets, ImmutableArray<Problem> Problems)> OpenAsync(
        IReadSession session,
        TypeRegistry registry,
        IReadOnlyList<(AssetSelector Selector, string Path)> asked,
        Moment moment,
        string parameter,
        LineageKind kind,
        CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        var found = new List<StoredAsset>();
        foreach (var (selector, path) in asked)
        {
            var (asset, problem) = await FindAsync(session, registry, selector, moment, cancellationToken);
            if (asset is not null)
            {
                found.Add(asset);
                continue;
            }

            problems.Add(selector is AssetSelector.ByGuid ? problem! with { Path = path } : problem!);
        }

        var (commit, unseen) = await PastLocator.FindAsync(session, moment, parameter, cancellationToken);
        if (unseen is not null)
        {
            problems.Add(unseen);
        }

        if (commit is { } past && moment is not Moment.Present && problems.Count == 0)
        {
            problems.Add(await PastLocator.CheckAllAsync(session, [.. found.DistinctBy(asset => asset.Id)], past, moment, parameter, cancellationToken), omitted: 0);
        }

        foreach (var asset in found.Where(asset => !LineageRoutes.Of(registry.Entity(asset.TypeId), kind).HasAny))
        {
            problems.Add(new Problem(
                ErrorCodes.NoLineageType, asked[found.IndexOf(asset)].Path, $"Assets of type {registry.Entity(asset.TypeId).Name} have no lineage", asset.Guid.ToString("D")));
        }

        if (problems.Count > 0)
        {
            return (null, [], problems.ToImmutable());
        }

        var view = new LineageView(session, registry, commit!.Value, kind);
        var then = await view.LoadAsync([.. found.Select(asset => asset.Id).Distinct()], cancellationToken);
        return (view, [.. found.Select(asset => new EdgeEnd(asset.Id, asset.Guid, asset.TypeId, then[asset.Id].Status))], []);
    }

    private static async ValueTask<(StoredAsset? Asset, Problem? Problem)> FindAsync(
        IReadSession session, TypeRegistry registry, AssetSelector selector, Moment moment, CancellationToken cancellationToken)
    {
        if (moment is not Moment.Present)
        {
            return await SelectorResolver.FindEverAsync(session, registry, selector, cancellationToken);
        }

        var (id, problem) = await SelectorResolver.FindAsync(session, registry, selector, cancellationToken);
        return id is { } known ? ((await session.LoadAsync([known], cancellationToken))[known], null) : (null, problem);
    }
}
