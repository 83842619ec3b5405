using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Lineage.Filters;

namespace Cartulary.Core.Lineage;

/// <summary>Tells which assets and processes a walk may not reach.</summary>
internal static class LineagePassing
{
    /// <summary>Those of some assets that the terms do not let pass.</summary>
    public static async ValueTask<HashSet<AssetId>> RefusedAsync(
        LineageView view, LineageTerms terms, IReadOnlyCollection<EdgeEnd> assets, CancellationToken cancellationToken)
    {
        var refused = assets.Where(end => IsIgnored(view, terms, end)).Select(end => end.Id).ToHashSet();
        if (terms.Assets is { } filter)
        {
            var asked = assets.Where(end => !refused.Contains(end.Id) && !(terms.PassesEveryProcess && view.RoutesOf(end).IsProcess)).ToList();
            var matching = await MatchingAsync(view, filter, asked, cancellationToken);
            refused.UnionWith(asked.Select(end => end.Id).Where(id => !matching.Contains(id)));
        }

        return refused;
    }

    /// <summary>Those of some assets that match a filter; they are read only where it asks for more than edges know.</summary>
    public static async ValueTask<HashSet<AssetId>> MatchingAsync(
        LineageView view, LineageFilter<FilteredAsset> filter, IReadOnlyCollection<EdgeEnd> assets, CancellationToken cancellationToken)
    {
        var loaded = filter.NeedsState
            ? await view.LoadAsync(assets.Select(end => end.Id).ToHashSet(), cancellationToken)
            : ImmutableDictionary<AssetId, StoredAsset>.Empty;
        return [.. assets.Where(end => filter.Matches(new FilteredAsset(end, loaded.GetValueOrDefault(end.Id), view.Registry))).Select(end => end.Id)];
    }

    /// <summary>Whether it is a process of a type that is not passed.</summary>
    public static bool IsIgnored(LineageView view, LineageTerms terms, EdgeEnd asset) =>
        terms.IgnoredProcesses.Count > 0 && view.RoutesOf(asset).IsProcess && terms.IgnoredProcesses.Any(view.Registry.Entity(asset.TypeId).Is);
}
