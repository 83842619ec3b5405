namespace Cartulary.Core.Types;

/// <summary>Reads the text of a value type, such as <c>map&lt;string,array&lt;int&gt;&gt;</c>.</summary>
internal static class TypeText
{
    private const string ArrayStart = "array<";
    private const string MapStart = "map<";

    /// <summary>The type of a text; null when it is none, or when <paramref name="named"/> does not know a name in it.</summary>
    public static DataType? Resolve(string text, Func<string, DataType?> named)
    {
        if (ElementOf(text) is { } element)
        {
            return Resolve(element, named) is { } type ? new ArrayType(type) : null;
        }

        if (EntryOf(text) is var (key, value))
        {
            return Resolve(key, named) is { } keyType && Resolve(value, named) is { } valueType ? new MapType(keyType, valueType) : null;
        }

        return PrimitiveType.Find(text) ?? named(text);
    }

    /// <summary>The names in a text that are no arrays or maps, in the order in which they stand.</summary>
    public static IEnumerable<string> Names(string text) =>
        ElementOf(text) is { } element ? Names(element)
        : EntryOf(text) is var (key, value) ? Names(key).Concat(Names(value))
        : [text];

    /// <summary>The text of an array's elements; null when the text is no array.</summary>
    public static string? ElementOf(string text) =>
        text.StartsWith(ArrayStart, StringComparison.Ordinal) && text.EndsWith('>') ? text[ArrayStart.Length..^1].Trim() : null;

    private static (string Key, string Value)? EntryOf(string text) =>
        text.StartsWith(MapStart, StringComparison.Ordinal) && text.EndsWith('>') && text.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma
            ? (text[MapStart.Length..comma].Trim(), text[(comma + 1)..^1].Trim())
            : null;
}
