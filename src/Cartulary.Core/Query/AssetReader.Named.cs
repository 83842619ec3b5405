using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <content>Assets that are asked for by their names.</content>
public sealed partial class AssetReader
{
    /// <summary>
    /// The assets that selectors name now, as they were at a moment, in the order asked and each once; a selector that names
    /// none, or one that cannot be seen then, has a problem. The moment cannot be a version.
    /// </summary>
    public async ValueTask<(ImmutableArray<AssetView> Views, ImmutableArray<Problem> Problems)> GetManyNamedAsync(
        IReadOnlyList<AssetSelector.ByUniqueAttribute> selectors,
        Moment moment,
        string parameter,
        bool withEdges,
        CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var asked = new List<(AssetSelector.ByUniqueAttribute Selector, AssetKey Key, EntityType Type)>();
        foreach (var selector in selectors)
        {
            if (SelectorResolver.KeyOf(registry, selector, out var type, out var problem) is { } key)
            {
                asked.Add((selector, key, type!));
            }
            else
            {
                problems.Add(problem!);
            }
        }

        var matches = (await session.FindByKeyAsync(asked.Select(one => one.Key).ToHashSet(), cancellationToken)).ToLookup(match => match.Key);
        var ids = new List<AssetId>();
        foreach (var (selector, key, type) in asked)
        {
            var (found, problem) = SelectorResolver.Choose(matches[key], type, selector);
            if (found is { } id)
            {
                ids.Add(id);
            }
            else
            {
                problems.Add(problem!);
            }
        }

        return await ViewManyAsync(session, registry, [.. ids.Distinct()], [], problems.ToImmutable(), moment, parameter, withEdges, cancellationToken);
    }
}
