using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Audit;

/// <summary>
/// Says how the assets of entries are called now, or were at their end. A name means who has it now; those who had it at their end
/// it means only when nobody has.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="registry">Its types.</param>
internal sealed class AuditNames(IReadSession session, TypeRegistry registry)
{
    private readonly Dictionary<AssetId, (string Name, string Held)> _known = [];

    /// <summary>The same entries with those names.</summary>
    public async ValueTask<ImmutableArray<AuditEntry>> ApplyAsync(ImmutableArray<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var unknown = entries.Where(entry => !_known.ContainsKey(entry.Id)).DistinctBy(entry => entry.Id).ToList();
        if (unknown.Count > 0)
        {
            await LearnAsync(unknown, cancellationToken);
        }

        return [.. entries.Select(entry => entry with { QualifiedName = _known[entry.Id].Name, HeldName = _known[entry.Id].Held })];
    }

    private async ValueTask LearnAsync(List<AuditEntry> unknown, CancellationToken cancellationToken)
    {
        var present = await session.LoadAsync([.. unknown.Select(entry => entry.Id)], cancellationToken);
        var gone = unknown.Where(entry => !present.ContainsKey(entry.Id)).ToList();
        var purged = gone.Count == 0 ? [] : (await session.FindPurgedAsync([.. gone.Select(entry => entry.Asset.Guid)], cancellationToken)).Values.ToDictionary(asset => asset.Id);
        var held = await HeldAsync(purged.Values.Select(NameOf), cancellationToken);
        foreach (var entry in unknown)
        {
            if (present.TryGetValue(entry.Id, out var asset))
            {
                _known[entry.Id] = (NameOf(asset), NameOf(asset));
                continue;
            }

            var name = purged.TryGetValue(entry.Id, out var last) ? NameOf(last) : entry.Asset.QualifiedName;
            _known[entry.Id] = (name, held.Contains(name) ? "" : name);
        }
    }

    /// <summary>Those of the names that some asset has now.</summary>
    private async ValueTask<HashSet<string>> HeldAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var keys = names.Distinct(StringComparer.Ordinal).SelectMany(name => KeysOf(registry, name)).ToHashSet();
        return keys.Count == 0 ? [] : [.. (await session.FindByKeyAsync(keys, cancellationToken)).Select(match => match.Key.Value)];
    }

    /// <summary>The keys under which an asset of any type has a qualified name.</summary>
    public static IEnumerable<AssetKey> KeysOf(TypeRegistry registry, string name) => registry.Entities.Select(type => type.Attribute("qualifiedName"))
        .OfType<AssetAttribute>()
        .Select(attribute => attribute.Id)
        .Distinct()
        .Select(kind => new AssetKey(kind, name));

    private string NameOf(StoredAsset asset) => asset.Text(registry.Entity(asset.TypeId).Attribute("qualifiedName")) ?? "";
}
