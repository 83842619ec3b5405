using System.Text;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Save.Normalize;

namespace Cartulary.Core.Types;

/// <summary>Turns a typedef's default value, which is text, into a canonical value.</summary>
internal static class DefaultValue
{
    /// <summary>The canonical default, or null when the text stands for nothing (an empty array, say).</summary>
    /// <exception cref="InvalidTypeException">The text is no value of the type.</exception>
    public static CanonicalValue? Parse(DataType type, string text)
    {
        var json = type is ArrayType or MapType or StructType ? Encoding.UTF8.GetBytes(text) : Quoted(text);
        var problems = new List<string>();
        var value = ValueReader.Read(json, type, ValueLimits.Unlimited, (_, message) => problems.Add(message));
        return problems.Count == 0 ? value : throw new InvalidTypeException($"The default {text} is no value of type {type}: {problems[0]}");
    }

    private static byte[] Quoted(string text) => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text)}\"");
}
