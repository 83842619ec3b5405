using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Tests.Save.Normalize;
using Cartulary.Testing;

namespace Cartulary.Core.Tests.Assets;

/// <summary>Random states of the asset type that has everything.</summary>
internal static class RandomState
{
    /// <summary>The assets that tags come from.</summary>
    public static ImmutableArray<Guid> Sources { get; } = [new("a55e7000-0000-7000-8000-00000000000c"), new("a55e7000-0000-7000-8000-00000000000a")];

    public static AssetState Of(Dice dice) => AssetState.Create(
        [.. EverythingModel.ValueTypes.Where(_ => dice.OneIn(3)).Select(type => Attribute(type, dice)).OrderBy(attribute => attribute.AttributeId)],
        [.. dice.Some(["A", "a", "b"])],
        Custom(dice),
        dice.OneIn(3) ? Tags(dice) : [],
        dice.OneIn(3) ? Metadata(dice) : []);

    public static ImmutableArray<AssetTag> Tags(Dice dice) =>
    [
        .. EverythingModel.TagNames.SelectMany(name => Sources.Select(source => (name, source)))
            .Where(_ => dice.OneIn(3))
            .Select(pair => Tag(pair.name, pair.source, dice))
            .OrderBy(tag => tag.Key),
    ];

    public static ImmutableArray<AttributeValue> Metadata(Dice dice) =>
    [
        .. EverythingModel.MetadataTypes.Where(_ => dice.OneIn(3))
            .Select(type => new AttributeValue(Values.Registry.FindBusinessMetadata(EverythingModel.MetadataName)!.Attribute(EverythingModel.NameOf(type))!.Id, Value(type, dice)))
            .OrderBy(attribute => attribute.AttributeId),
    ];

    private static AssetTag Tag(string name, Guid source, Dice dice)
    {
        var type = Values.Registry.FindClassification(name)!;
        return new AssetTag(type.Id, source)
        {
            Propagate = dice.Flip(),
            RemovePropagationsOnEntityDelete = dice.Flip(),
            RestrictPropagationThroughLineage = dice.OneIn(4),
            RestrictPropagationThroughHierarchy = dice.OneIn(4),
            Attributes =
            [
                .. type.Attributes.Where(_ => dice.Flip())
                    .Select(attribute => new AttributeValue(attribute.Id, Value(attribute.Definition.TypeName, dice)))
                    .OrderBy(attribute => attribute.AttributeId),
            ],
            ValidityPeriods = dice.OneIn(4) ? [new TagValidity("2026/01/01 00:00:00", dice.Flip() ? "" : "2027/01/01 00:00:00", "UTC")] : [],
        };
    }

    public static ImmutableSortedDictionary<string, string> Custom(Dice dice) =>
        dice.Some(["K", "k", "l"], oneIn: 3).ToImmutableSortedDictionary(key => key, _ => RandomValue.Text(dice), StringComparer.Ordinal);

    public static CanonicalValue Value(string type, Dice dice) => Values.Read(type, RandomSpelling.Of(RandomValue.Of(Values.TypeOf(type), dice), dice))!.Value;

    private static AttributeValue Attribute(string type, Dice dice) =>
        new(Values.Registry.FindEntity(EverythingModel.TypeName)!.Attribute(EverythingModel.NameOf(type))!.Id, Value(type, dice));
}
