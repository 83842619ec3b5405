using System.Globalization;
using System.Numerics;
using System.Text;

namespace Cartulary.Testing;

/// <summary>Spells a value as JSON in one of the many ways that mean the same.</summary>
public static class RandomSpelling
{
    private const long LatestIso = 4_102_444_800_000;

    /// <summary>The value as JSON.</summary>
    public static string Of(ValueNode node, Dice dice) => node switch
    {
        ValueNode.Text text => TextOrWord(text, dice),
        ValueNode.Truth truth => Truth(truth.Value, dice),
        ValueNode.Number number => Number(number.Digits, number.Exponent, dice),
        ValueNode.Moment moment => Moment(moment.Milliseconds, dice),
        ValueNode.Many many => Many(many, dice),
        ValueNode.Map map => Map(map, dice),
        ValueNode.Struct value => Struct(value, dice),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "No such kind of value."),
    };

    /// <summary>A text as a JSON string, with some of its characters escaped.</summary>
    public static string Text(string text, Dice dice)
    {
        var json = new StringBuilder("\"");
        foreach (var character in text)
        {
            var mustEscape = character is '"' or '\\' or < ' ' || (char.IsSurrogate(character) && dice.OneIn(3));
            if (char.IsLowSurrogate(character))
            {
                mustEscape = json[^1] is not (>= '\ud800' and <= '\udbff');
            }

            var escape = character switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\t' => "\\t", '/' => "\\/", _ => null };
            json.Append(mustEscape || dice.OneIn(8)
                ? escape is not null && dice.Flip() && !char.IsSurrogate(character) ? escape : Hex(character, dice, json)
                : character);
        }

        return json.Append('"').ToString();
    }

    /// <summary>An object of members in any order.</summary>
    public static string Object(IEnumerable<KeyValuePair<string, string>> members, Dice dice) =>
        $"{{{string.Join(",", dice.Shuffle(members).Select(member => $"{Space(dice)}{Text(member.Key, dice)}{Space(dice)}:{Space(dice)}{member.Value}"))}{Space(dice)}}}";

    private static string Hex(char character, Dice dice, StringBuilder before) =>
        char.IsLowSurrogate(character) && before[^1] is >= '\ud800' and <= '\udbff'
            ? character.ToString()
            : $"\\u{((int)character).ToString(dice.Flip() ? "x4" : "X4", CultureInfo.InvariantCulture)}";

    private static string Space(Dice dice) => dice.OneIn(12) ? dice.Pick([" ", "\n", "\t \r\n"]) : "";

    private static string TextOrWord(ValueNode.Text text, Dice dice) =>
        !text.IsEnum && text.Value is "5" or "5.0" or "-1e3" or "true" or "false" && dice.Flip() ? text.Value : Text(text.Value, dice);

    private static string Truth(bool value, Dice dice) => dice.Below(4) switch
    {
        0 => value ? "true" : "false",
        1 => value ? "\"true\"" : "\"false\"",
        2 => value ? "\"TRUE\"" : "\"FALSE\"",
        _ => value ? "\"tRue\"" : "\"FalsE\"",
    };

    private static string Number(BigInteger digits, int exponent, Dice dice)
    {
        var text = NumberText(digits, exponent, dice);
        return dice.Below(4) switch
        {
            0 => Text(text, dice),
            1 when digits.Sign >= 0 => $"\"+{text}\"",
            _ => text,
        };
    }

    private static string NumberText(BigInteger digits, int exponent, Dice dice)
    {
        var shift = dice.Below(3);
        var whole = (digits * BigInteger.Pow(10, shift)).ToString(CultureInfo.InvariantCulture);
        var fraction = dice.Below(3) switch { 0 => "", 1 => ".0", _ => ".000" };
        var power = exponent - shift;
        var mark = dice.Flip() ? "e" : "E";
        return power == 0 && dice.Flip()
            ? $"{whole}{fraction}"
            : $"{whole}{fraction}{mark}{(power >= 0 && dice.Flip() ? "+" : "")}{power.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Moment(long milliseconds, Dice dice)
    {
        if (milliseconds is < 0 or > LatestIso || dice.Flip())
        {
            return Number(milliseconds, 0, dice);
        }

        var moment = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).AddDays(1).ToOffset(TimeSpan.FromMinutes(dice.Between(-12, 12) * 30)).AddDays(-1);
        return moment.Offset == TimeSpan.Zero && dice.Flip()
            ? $"\"{moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}\""
            : $"\"{moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture)}\"";
    }

    private static string Many(ValueNode.Many many, Dice dice)
    {
        IEnumerable<ValueNode> members = many.IsSet ? dice.Shuffle(many.Members.Concat(dice.Some(many.Members))) : many.Members;
        var spelled = members.Select(member => Of(member, dice)).ToList();
        if (dice.OneIn(6))
        {
            spelled.Insert(dice.Below(spelled.Count + 1), "null");
        }

        return $"[{string.Join(dice.Flip() ? "," : " , ", spelled)}]";
    }

    private static string Map(ValueNode.Map map, Dice dice)
    {
        var members = map.Entries.Select(entry => KeyValuePair.Create(KeyText(entry.Key, dice), Of(entry.Value, dice))).ToList();
        if (dice.OneIn(6) && map.Entries[0].Key is ValueNode.Text)
        {
            members.Add(KeyValuePair.Create("no such key", "null"));
        }

        return Object(members, dice);
    }

    private static string KeyText(ValueNode key, Dice dice) => key switch
    {
        ValueNode.Text text => text.Value,
        ValueNode.Number number => NumberText(number.Digits, number.Exponent, dice),
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "No such kind of key in tests."),
    };

    private static string Struct(ValueNode.Struct value, Dice dice)
    {
        var members = value.Members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value, dice))).ToList();
        members.AddRange(dice.Some(value.Absent).Select(name => KeyValuePair.Create(name, "null")));
        if (dice.OneIn(6))
        {
            members.Add(KeyValuePair.Create("unknown", "[{\"a\":null}]"));
        }

        return dice.Flip()
            ? Object(members, dice)
            : Object([KeyValuePair.Create("typeName", $"\"{value.TypeName}\""), KeyValuePair.Create("attributes", Object(members, dice))], dice);
    }
}
