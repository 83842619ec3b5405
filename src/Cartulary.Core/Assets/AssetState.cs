using System.Collections.Immutable;

namespace Cartulary.Core.Assets;

/// <summary>
/// An asset's own state: attributes, labels, custom attributes, tags and custom metadata, canonical and complete. Edges, status
/// and numbers are kept beside it. Two states are equal exactly when their encodings are. The layout is in
/// docs/formats/asset-state.md.
/// </summary>
public sealed class AssetState : IEquatable<AssetState>
{
    // A state has the lowest format that can hold it, so that equal states have equal bytes whenever they were written.
    private const byte Format = 1;
    private const byte FormatWithFacets = 2;
    private static readonly ImmutableSortedDictionary<string, string> NoCustomAttributes = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
    private readonly ImmutableArray<AttributeValue> _attributes;

    private AssetState(ReadOnlyMemory<byte> encoded, ImmutableArray<AttributeValue> attributes, ImmutableArray<string> labels, ImmutableSortedDictionary<string, string> custom)
    {
        Encoded = encoded;
        _attributes = attributes;
        Labels = labels;
        CustomAttributes = custom;
    }

    /// <summary>The state of an asset about which nothing is known.</summary>
    public static AssetState Empty { get; } = Create([], [], NoCustomAttributes);

    /// <summary>The encoded state, as stored.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The attributes that have a value, by number.</summary>
    public ImmutableArray<AttributeValue> Attributes => _attributes;

    /// <summary>The labels, in ordinal order, without repeats.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>The custom attributes, by key.</summary>
    public ImmutableSortedDictionary<string, string> CustomAttributes { get; }

    /// <summary>The tags, its own and those passed on to it, in the order of their keys.</summary>
    public ImmutableArray<AssetTag> Tags { get; private init; } = [];

    /// <summary>The attributes of custom metadata that have a value, by number.</summary>
    public ImmutableArray<AttributeValue> CustomMetadata { get; private init; } = [];

    /// <summary>Encodes a state without tags and custom metadata.</summary>
    public static AssetState Create(ImmutableArray<AttributeValue> attributes, ImmutableArray<string> labels, ImmutableSortedDictionary<string, string> custom) =>
        Create(attributes, labels, custom, [], []);

    /// <summary>
    /// Encodes a state. Attributes and custom metadata must be in the order of their numbers, labels in ordinal order, tags in
    /// the order of their keys, all without repeats.
    /// </summary>
    public static AssetState Create(
        ImmutableArray<AttributeValue> attributes,
        ImmutableArray<string> labels,
        ImmutableSortedDictionary<string, string> custom,
        ImmutableArray<AssetTag> tags,
        ImmutableArray<AttributeValue> customMetadata)
    {
        var hasFacets = !tags.IsEmpty || !customMetadata.IsEmpty;
        var writer = new CanonicalWriter();
        writer.WriteByte(hasFacets ? FormatWithFacets : Format);
        TagCodec.WriteValues(writer, attributes);
        writer.WriteNumber((ulong)labels.Length);
        foreach (var label in labels)
        {
            writer.WriteString(label);
        }

        writer.WriteNumber((ulong)custom.Count);
        foreach (var (key, value) in custom)
        {
            writer.WriteString(key);
            writer.WriteString(value);
        }

        if (hasFacets)
        {
            WriteTags(writer, tags);
            TagCodec.WriteValues(writer, customMetadata);
        }

        return Decode(writer.ToArray());
    }

    /// <summary>Reads a stored state; the bytes are kept, not copied.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a state.</exception>
    public static AssetState Decode(ReadOnlyMemory<byte> encoded)
    {
        var reader = new CanonicalReader(encoded.Span);
        var format = reader.ReadByte();
        if (format is not (Format or FormatWithFacets))
        {
            throw new InvalidDataException($"A stored state has the unknown format {format}.");
        }

        var attributes = new AttributeValue[reader.ReadCount()];
        for (var i = 0; i < attributes.Length; i++)
        {
            var id = reader.ReadCount();
            var start = reader.Position;
            reader.ReadValue();
            attributes[i] = new AttributeValue(id, new CanonicalValue(encoded[start..reader.Position]));
        }

        var labels = new string[reader.ReadCount()];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = reader.ReadText();
        }

        var custom = ReadCustom(ref reader);
        return new AssetState(encoded, ImmutableArrayOf(attributes), ImmutableArrayOf(labels), custom)
        {
            Tags = format == FormatWithFacets ? ReadTags(ref reader) : [],
            CustomMetadata = format == FormatWithFacets ? TagCodec.ReadValues(ref reader) : [],
        };
    }

    /// <summary>The value of an attribute, or null when it has none.</summary>
    public CanonicalValue? Find(int attributeId)
    {
        var low = 0;
        var high = _attributes.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var id = _attributes[middle].AttributeId;
            if (id == attributeId)
            {
                return _attributes[middle].Value;
            }

            (low, high) = id < attributeId ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Where in <see cref="Encoded"/> the 8 bytes of a date stand.</summary>
    /// <exception cref="ArgumentException">The attribute holds no date.</exception>
    public int OffsetOfDate(int attributeId)
    {
        if (Find(attributeId) is { } value && value.Span[0] == (byte)CanonicalTag.Date
            && System.Runtime.InteropServices.MemoryMarshal.TryGetArray(value.Encoded, out var at)
            && System.Runtime.InteropServices.MemoryMarshal.TryGetArray(Encoded, out var whole))
        {
            return at.Offset - whole.Offset + 1;
        }

        throw new ArgumentException("The attribute holds no date.", nameof(attributeId));
    }

    /// <inheritdoc/>
    public bool Equals(AssetState? other) => other is not null && Encoded.Span.SequenceEqual(other.Encoded.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AssetState);

    /// <inheritdoc/>
    public override int GetHashCode() => new CanonicalValue(Encoded).GetHashCode();

    private static void WriteTags(CanonicalWriter writer, ImmutableArray<AssetTag> tags)
    {
        writer.WriteNumber((ulong)tags.Length);
        for (var i = 0; i < tags.Length; i++)
        {
            if (i > 0 && tags[i].Key <= tags[i - 1].Key)
            {
                throw new ArgumentException("Tags of a state must be in order, without repeats.", nameof(tags));
            }

            TagCodec.Write(writer, tags[i]);
        }
    }

    private static ImmutableArray<AssetTag> ReadTags(ref CanonicalReader reader)
    {
        var tags = new AssetTag[reader.ReadCount()];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = TagCodec.Read(ref reader);
        }

        return ImmutableArrayOf(tags);
    }

    private static ImmutableSortedDictionary<string, string> ReadCustom(ref CanonicalReader reader)
    {
        var count = reader.ReadCount();
        if (count == 0)
        {
            return NoCustomAttributes;
        }

        var custom = NoCustomAttributes.ToBuilder();
        for (var i = 0; i < count; i++)
        {
            custom.Add(reader.ReadText(), reader.ReadText());
        }

        return custom.ToImmutable();
    }

    private static ImmutableArray<T> ImmutableArrayOf<T>(T[] array) =>
        System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(array);
}
