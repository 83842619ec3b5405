using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Save.Derive.Rules;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>An asset's state while it is being worked out.</summary>
internal sealed class StateDraft
{
    private readonly Dictionary<int, CanonicalValue> _changed = [];
    private readonly HashSet<int> _cleared = [];
    private readonly HashSet<int> _stamped = [];
    private readonly AssetState _before;

    public StateDraft(BatchAsset asset, string path)
    {
        Asset = asset;
        Path = path;
        _before = asset.Stored?.State ?? AssetState.Empty;
        if (asset.IsNew)
        {
            foreach (var attribute in asset.Type.DefaultedAttributes)
            {
                _changed[attribute.Id] = attribute.Default!.Value;
            }
        }
    }

    public BatchAsset Asset { get; }

    public string Path { get; }

    public ImmutableArray<string>? Labels { get; set; }

    public ImmutableSortedDictionary<string, string>? CustomAttributes { get; set; }

    /// <summary>What the request says of attributes; null where it does not list the asset.</summary>
    public IReadOnlyDictionary<AssetAttribute, CanonicalValue?>? Said { get; set; }

    /// <summary>The keys that the asset holds among its siblings.</summary>
    public SiblingKeys SiblingKeys { get; set; } = SiblingKeys.None;

    /// <summary>Whether the state differs from the stored one.</summary>
    public bool IsChanged => !ReferenceEquals(Finish().State, _before);

    /// <summary>All tags after the save, in the order of their keys; null when they stay.</summary>
    public ImmutableArray<AssetTag>? Tags { get; set; }

    /// <summary>All custom metadata after the save, by number; null when it stays.</summary>
    public ImmutableArray<AttributeValue>? CustomMetadata { get; set; }

    /// <summary>The state before the save; the empty one for a new asset.</summary>
    public AssetState StateBefore => _before;

    public CanonicalValue? Before(AssetAttribute attribute) => _before.Find(attribute.Id);

    public CanonicalValue? Get(AssetAttribute attribute) =>
        _changed.TryGetValue(attribute.Id, out var value) ? value : _cleared.Contains(attribute.Id) ? null : _before.Find(attribute.Id);

    public string? Text(string attributeName) => Asset.Type.Attribute(attributeName) is { } attribute ? Get(attribute)?.AsText() : null;

    /// <summary>Sets an attribute; null clears it, back to its default where it has one.</summary>
    public void Set(AssetAttribute attribute, CanonicalValue? value)
    {
        _stamped.Remove(attribute.Id);
        _changed.Remove(attribute.Id);
        _cleared.Remove(attribute.Id);
        var after = value ?? attribute.Default;
        if (after is null)
        {
            if (_before.Find(attribute.Id) is not null)
            {
                _cleared.Add(attribute.Id);
            }
        }
        else if (Asset.IsNew || _before.Find(attribute.Id) != after)
        {
            _changed[attribute.Id] = after.Value;
        }
    }

    /// <summary>Sets a date that the commit gives.</summary>
    public void Stamp(AssetAttribute attribute)
    {
        _cleared.Remove(attribute.Id);
        _changed[attribute.Id] = CanonicalValue.FromDate(0);
        _stamped.Add(attribute.Id);
    }

    /// <summary>The finished state; the stored one itself when nothing differs.</summary>
    public DerivedAsset Finish()
    {
        var labels = Labels ?? _before.Labels;
        var custom = CustomAttributes ?? _before.CustomAttributes;
        var same = _changed.Count == 0 && _cleared.Count == 0
            && (labels == _before.Labels || labels.SequenceEqual(_before.Labels, StringComparer.Ordinal))
            && (ReferenceEquals(custom, _before.CustomAttributes) || custom.SequenceEqual(_before.CustomAttributes))
            && Same(Tags, _before.Tags)
            && Same(CustomMetadata, _before.CustomMetadata);
        return new DerivedAsset(
            Asset,
            same && !Asset.IsNew ? _before : AssetState.Create(Merge(), labels, custom, Tags ?? _before.Tags, CustomMetadata ?? _before.CustomMetadata),
            _stamped,
            Path)
        {
            SiblingKeys = SiblingKeys,
        };
    }

    private static bool Same<T>(ImmutableArray<T>? after, ImmutableArray<T> before)
        where T : IEquatable<T> => after is not { } said || said.AsSpan().SequenceEqual(before.AsSpan());

    private ImmutableArray<AttributeValue> Merge()
    {
        var merged = new List<AttributeValue>(_before.Attributes.Length + _changed.Count);
        foreach (var attribute in _before.Attributes)
        {
            if (!_changed.ContainsKey(attribute.AttributeId) && !_cleared.Contains(attribute.AttributeId))
            {
                merged.Add(attribute);
            }
        }

        foreach (var (id, value) in _changed)
        {
            merged.Add(new AttributeValue(id, value));
        }

        merged.Sort((left, right) => left.AttributeId.CompareTo(right.AttributeId));
        return [.. merged];
    }
}
