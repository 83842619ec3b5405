using System.Text.Json;

namespace Cartulary.Fuzz.Inputs;

/// <summary>JSON as a tree that may be spoilt: spellings stay as they were, and keys may stand twice.</summary>
internal sealed class JsonTree
{
    /// <summary>The key with its quotes; null for what is no member of an object.</summary>
    public byte[]? Key { get; set; }

    /// <summary>The spelling of a value that has no parts.</summary>
    public byte[] Spelling { get; set; } = [];

    /// <summary>The parts of an object or array; null for other values.</summary>
    public List<JsonTree>? Parts { get; set; }

    public bool IsObject { get; set; }

    /// <summary>The tree of a text; null when it is no JSON.</summary>
    public static JsonTree? Parse(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 500 });
            reader.Read();
            var tree = Read(ref reader, json);
            return reader.Read() ? null : tree;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of the tree.</summary>
    public byte[] Write()
    {
        var bytes = new List<byte>();
        WriteTo(bytes);
        return [.. bytes];
    }

    /// <summary>All parts, the tree itself first, each with what holds it.</summary>
    public IEnumerable<(JsonTree Part, JsonTree? Holder)> All(JsonTree? holder = null)
    {
        yield return (this, holder);
        foreach (var below in Parts?.SelectMany(part => part.All(this)) ?? [])
        {
            yield return below;
        }
    }

    public JsonTree Copy() => new() { Key = Key, Spelling = Spelling, IsObject = IsObject, Parts = Parts?.ConvertAll(part => part.Copy()) };

    /// <summary>Takes over the value of another one, and keeps the key.</summary>
    public void Become(JsonTree other)
    {
        (Spelling, IsObject, Parts) = (other.Spelling, other.IsObject, other.Parts?.ConvertAll(part => part.Copy()));
    }

    private static JsonTree Read(ref Utf8JsonReader reader, byte[] json)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return new JsonTree { Spelling = json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed] };
        }

        var tree = new JsonTree { IsObject = reader.TokenType == JsonTokenType.StartObject, Parts = [] };
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            byte[]? key = null;
            if (tree.IsObject)
            {
                key = [(byte)'"', .. reader.ValueSpan, (byte)'"'];
                reader.Read();
            }

            var part = Read(ref reader, json);
            part.Key = key;
            tree.Parts.Add(part);
        }

        return tree;
    }

    private void WriteTo(List<byte> bytes)
    {
        if (Parts is null)
        {
            bytes.AddRange(Spelling);
            return;
        }

        bytes.Add((byte)(IsObject ? '{' : '['));
        for (var index = 0; index < Parts.Count; index++)
        {
            if (index > 0)
            {
                bytes.Add((byte)',');
            }

            if (IsObject)
            {
                bytes.AddRange(Parts[index].Key ?? "\"key\""u8.ToArray());
                bytes.Add((byte)':');
            }

            Parts[index].WriteTo(bytes);
        }

        bytes.Add((byte)(IsObject ? '}' : ']'));
    }
}
