using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Gathers who last changed what, from versions that come the newest first.</summary>
internal sealed class BlameFold
{
    private readonly Dictionary<string, BlamedChange> _attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BlamedChange> _relationships = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BlamedChange> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BlamedChange> _customMetadata = new(StringComparer.Ordinal);
    private BlamedChange? _status;
    private BlamedChange? _labels;
    private BlamedChange? _customAttributes;

    public void Add(VersionChange version)
    {
        foreach (var change in version.Events.Reverse())
        {
            var blamed = new BlamedChange(version.Version, version.Time, version.Actor, version.SaveId, change.Sequence);
            Take(_attributes, change.Attributes, blamed);
            Take(_relationships, change.Relationships, blamed);
            Take(_tags, change.Tags, blamed);
            Take(_customMetadata, change.CustomMetadata, blamed);
            _status ??= change.Status ? blamed : null;
            _labels ??= change.Labels ? blamed : null;
            _customAttributes ??= change.CustomAttributes ? blamed : null;
        }
    }

    public Blame Result(StoredAsset asset, EntityType type, long? next) => new(
        asset,
        type,
        _attributes.ToImmutableSortedDictionary(StringComparer.Ordinal),
        _relationships.ToImmutableSortedDictionary(StringComparer.Ordinal),
        _status,
        _labels,
        _customAttributes,
        _tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        _customMetadata.ToImmutableSortedDictionary(StringComparer.Ordinal),
        next);

    private static void Take(Dictionary<string, BlamedChange> parts, ImmutableArray<string> names, BlamedChange blamed)
    {
        foreach (var name in names)
        {
            parts.TryAdd(name, blamed);
        }
    }
}
