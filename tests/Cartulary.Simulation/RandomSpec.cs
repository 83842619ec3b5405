using System.Collections.Immutable;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>Random assets of a type.</summary>
internal static class RandomSpec
{
    /// <summary>An asset; companions of others get no value of their own unless asked for.</summary>
    public static AssetSpec Of(EntityType type, string name, Stage stage, Dice dice, bool withCompanions)
    {
        var attributes = AssetSpec.AttributesOf(type)
            .Where(attribute => withCompanions || !type.CompanionNames.Contains(attribute.Name))
            .Where(attribute => !attribute.Definition.IsOptional || dice.OneIn(4));
        var ends = AssetSpec.EndsOf(type).Where(end => AssetSpec.Needs(end) || dice.OneIn(4));
        return new AssetSpec(type, name)
        {
            Attributes = attributes.ToImmutableSortedDictionary(attribute => attribute.Name, attribute => Value(attribute, stage, dice), StringComparer.Ordinal),
            Edges = ends.ToImmutableSortedDictionary(end => end.Name, end => Partners(end, stage, dice), StringComparer.Ordinal),
            Labels = [.. dice.Some(["a", "B", "c-1", "d_2"], oneIn: 3)],
            CustomAttributes = dice.Some(["k", "K", "k-1"], oneIn: 3).ToImmutableSortedDictionary(key => key, _ => RandomValue.Text(dice), StringComparer.Ordinal),
        };
    }

    /// <summary>A value, which for an attribute that identifies assets no other asset has.</summary>
    private static ValueNode Value(AssetAttribute attribute, Stage stage, Dice dice) => attribute.Definition.IsUnique
        ? new ValueNode.Text($"{RandomValue.Text(dice)} {stage.NewName()}", IsEnum: false)
        : RandomValue.Of(attribute.Type, dice);

    private static ImmutableArray<EdgeSpec> Partners(EndAttribute end, Stage stage, Dice dice)
    {
        var candidates = dice.Shuffle(stage.Partners(end));
        var count = end.IsMany ? dice.Between(1, 4) : 1;
        return
        [
            .. candidates.Take(count).Select(partner => new EdgeSpec(
                partner,
                dice.Some(end.Relationship.Attributes, oneIn: 4).ToImmutableSortedDictionary(attribute => attribute.Name, attribute => RandomValue.Of(attribute.Type, dice), StringComparer.Ordinal))),
        ];
    }
}
