using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Cartulary.Core.Types;

namespace Cartulary.Testing;

/// <summary>Random values of a type; never empty, so that each is a value and not the absence of one.</summary>
public static class RandomValue
{
    private static readonly ImmutableArray<string> Pieces = ["a", "b", "Z", "0", "5", " ", ".", "é", "漢", "😀", "\"", "\\", "/", "\n", "\t", "\u0001", "<", "&", "'", "\u2028"];

    /// <summary>A value of a type.</summary>
    public static ValueNode Of(DataType type, Dice dice) => type switch
    {
        PrimitiveType primitive => Primitive(primitive.Kind, dice),
        EnumType enumType => new ValueNode.Text(dice.Pick(enumType.Definition.ElementDefs).Value, IsEnum: true),
        ArrayType array => new ValueNode.Many([.. Enumerable.Range(0, dice.Between(1, 4)).Select(_ => Of(array.Element, dice))], array.IsSet),
        MapType map => Map(map, dice),
        StructType structType => Struct(structType, dice),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such kind of type."),
    };

    /// <summary>A text that is not empty.</summary>
    public static string Text(Dice dice) => string.Concat(Enumerable.Range(0, dice.Between(1, 6)).Select(_ => dice.Pick(Pieces)));

    private static ValueNode Primitive(PrimitiveKind kind, Dice dice) => kind switch
    {
        PrimitiveKind.String => new ValueNode.Text(dice.OneIn(5) ? dice.Pick(["5", "5.0", "-1e3", "true", "false", "null", "05"]) : Text(dice), IsEnum: false),
        PrimitiveKind.Boolean => new ValueNode.Truth(dice.Flip()),
        PrimitiveKind.Byte => Whole((sbyte)dice.Number()),
        PrimitiveKind.Short => Whole((short)dice.Number()),
        PrimitiveKind.Int => Whole((int)dice.Number()),
        PrimitiveKind.Long => Whole(dice.Number()),
        PrimitiveKind.BigInteger => Whole((BigInteger)dice.Number() * dice.Number()),
        PrimitiveKind.Date => new ValueNode.Moment(dice.OneIn(4) ? dice.Number() : 1_000L * dice.Below(int.MaxValue) + dice.Below(1_000)),
        PrimitiveKind.Float => Real((float)dice.Number() / dice.Between(1, 1_000)),
        PrimitiveKind.Double => Real(dice.Number() / (double)dice.Between(1, 1_000_000)),
        _ => new ValueNode.Number(dice.Number(), dice.Between(-40, 40)),
    };

    private static ValueNode.Number Whole(BigInteger value) => new(value, 0);

    /// <summary>The digits that name exactly this double.</summary>
    private static ValueNode.Number Real(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var parts = text.Split('E');
        var exponent = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new ValueNode.Number(BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), exponent - 16);
    }

    private static ValueNode.Map Map(MapType map, Dice dice)
    {
        var keys = Enumerable.Range(0, dice.Between(1, 4)).Select(_ => Of(map.Key, dice)).Distinct().ToList();
        return new ValueNode.Map([.. keys.Select(key => KeyValuePair.Create(key, Of(map.Value, dice)))]);
    }

    private static ValueNode.Struct Struct(StructType type, Dice dice)
    {
        var given = type.Attributes.Where(attribute => !attribute.Definition.IsOptional || dice.Flip()).ToList();
        if (given.Count == 0)
        {
            given.Add(dice.Pick(type.Attributes));
        }

        return new ValueNode.Struct(
            type.Name,
            [.. given.Select(attribute => KeyValuePair.Create(attribute.Name, Of(attribute.Type, dice)))],
            [.. type.Attributes.Except(given).Select(attribute => attribute.Name)]);
    }
}
