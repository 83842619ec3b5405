using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>What the listings of a request turned out to mean; asked only about a request that is refused.</summary>
internal sealed class Listings(
    TypeRegistry registry,
    IReadOnlyCollection<Listing> listed,
    IReadOnlyCollection<ListedReference> references,
    IReadOnlyCollection<EdgeStatement> statements,
    IReadOnlyCollection<TagCall> tagged)
{
    private Dictionary<string, Listing>? _byPath;
    private ILookup<RequestAsset, ListedReference>? _references;
    private ILookup<BatchAsset, BatchAsset>? _targets;

    public TypeRegistry Registry => registry;

    /// <summary>The calls about tags whose assets were found.</summary>
    public IReadOnlyCollection<TagCall> Tagged => tagged;

    /// <summary>The listing at a path; null when its type is not known.</summary>
    public Listing? Find(string path) =>
        (_byPath ??= listed.ToDictionary(one => one.Request.Path, StringComparer.Ordinal)).GetValueOrDefault(path);

    /// <summary>All that the listing at a path refers to.</summary>
    public IEnumerable<ListedReference> ReferencesAt(string path)
    {
        _references ??= references.ToLookup(reference => reference.Owner, (IEqualityComparer<RequestAsset>)ReferenceEqualityComparer.Instance);
        return Find(path) is { } known ? _references[known.Request] : [];
    }

    /// <summary>The assets that an asset of the request is to be linked to, or parted from.</summary>
    public IEnumerable<BatchAsset> TargetsOf(BatchAsset asset) =>
        (_targets ??= statements.SelectMany(statement => statement.Targets.Select(target => (statement.Subject, target.Asset)))
            .ToLookup(pair => pair.Subject, pair => pair.Asset))[asset];
}
