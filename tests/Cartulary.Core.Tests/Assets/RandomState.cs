using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Tests.Save.Normalize;
using Cartulary.Testing;

namespace Cartulary.Core.Tests.Assets;

/// <summary>Random states of the asset type that has everything.</summary>
internal static class RandomState
{
    public static AssetState Of(Dice dice) => AssetState.Create(
        [.. EverythingModel.ValueTypes.Where(_ => dice.OneIn(3)).Select(type => Attribute(type, dice)).OrderBy(attribute => attribute.AttributeId)],
        [.. dice.Some(["A", "a", "b"])],
        Custom(dice));

    public static ImmutableSortedDictionary<string, string> Custom(Dice dice) =>
        dice.Some(["K", "k", "l"], oneIn: 3).ToImmutableSortedDictionary(key => key, _ => RandomValue.Text(dice), StringComparer.Ordinal);

    public static CanonicalValue Value(string type, Dice dice) => Values.Read(type, RandomSpelling.Of(RandomValue.Of(Values.TypeOf(type), dice), dice))!.Value;

    private static AttributeValue Attribute(string type, Dice dice) =>
        new(Values.Registry.FindEntity(EverythingModel.TypeName)!.Attribute(EverythingModel.NameOf(type))!.Id, Value(type, dice));
}
