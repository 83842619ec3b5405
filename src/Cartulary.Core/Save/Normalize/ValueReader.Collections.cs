using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <content>Arrays, maps and structs. Empty ones are no value.</content>
internal sealed partial class ValueReader
{
    private const int LongestKeyInPath = 100;

    private bool ReadArray(ref Utf8JsonReader reader, ArrayType type)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Invalid(ref reader, type);
        }

        var start = _writer.Length;
        var elements = new List<CanonicalValue>();
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            _path.Add($"[{index.ToString(CultureInfo.InvariantCulture)}]");
            if (ReadValue(ref reader, type.Element, isElement: true))
            {
                elements.Add(Cut(start));
            }

            _path.RemoveAt(_path.Count - 1);
            _writer.Truncate(start);
        }

        if (type.IsSet)
        {
            elements.Sort();
            elements = [.. elements.Distinct()];
        }

        if (elements.Count == 0)
        {
            return false;
        }

        _writer.WriteArrayStart(elements.Count);
        elements.ForEach(_writer.WriteValue);
        return true;
    }

    private bool ReadMap(ref Utf8JsonReader reader, MapType type)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Invalid(ref reader, type);
        }

        var start = _writer.Length;
        var entries = new SortedDictionary<CanonicalValue, CanonicalValue?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!TryText(ref reader, out var name))
            {
                Report(ErrorCodes.BadRequest, "a key holds half of a surrogate pair");
            }

            _path.Add($".{ProblemList.Shorten(name, LongestKeyInPath)}");
            var key = ReadKey(ref reader, type.Key, start);
            reader.Read();
            CanonicalValue? value = ReadValue(ref reader, type.Value, isElement: true) ? Cut(start) : null;
            _writer.Truncate(start);
            if (key is { } present && !entries.TryAdd(present, value))
            {
                Report(ErrorCodes.BadRequest, "the key is given twice");
            }

            _path.RemoveAt(_path.Count - 1);
        }

        var given = entries.Where(entry => entry.Value is not null).ToList();
        if (given.Count == 0)
        {
            return false;
        }

        _writer.WriteMapStart(given.Count);
        foreach (var (key, value) in given)
        {
            _writer.WriteValue(key);
            _writer.WriteValue(value!.Value);
        }

        return true;
    }

    /// <summary>A property name read as a value of the key type; an empty name is a key like any other.</summary>
    private CanonicalValue? ReadKey(ref Utf8JsonReader reader, DataType type, int start)
    {
        if (!TryText(ref reader, out var name))
        {
            return null;
        }

        var json = System.Text.Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name)}\"");
        var key = new Utf8JsonReader(json);
        key.Read();
        CanonicalValue? value = ReadValue(ref key, type, isElement: true) ? Cut(start) : null;
        _writer.Truncate(start);
        return value;
    }

    private bool ReadStruct(ref Utf8JsonReader reader, StructType type)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Invalid(ref reader, type);
        }

        var members = new StructMembers(type, _writer.Length);
        ReadStructMembers(ref reader, members, mayBeWrapped: type.Attribute("attributes") is null);
        foreach (var missing in type.Attributes.Where(attribute => !attribute.Definition.IsOptional && !members.Values.ContainsKey(attribute.Id) && !members.Wrong.Contains(attribute)))
        {
            Report(ErrorCodes.InvalidAttributes, $"{missing}: mandatory attribute value missing in type {type.Name}");
        }

        if (members.Values.Count == 0)
        {
            return false;
        }

        _writer.WriteStructStart(type.Id, members.Values.Count);
        foreach (var (id, value) in members.Values)
        {
            _writer.WriteNumber((ulong)id);
            _writer.WriteValue(value);
        }

        return true;
    }

    /// <summary>Members may stand in the object itself or, as in the answers of the server, below its key <c>attributes</c>.</summary>
    private void ReadStructMembers(ref Utf8JsonReader reader, StructMembers members, bool mayBeWrapped)
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = TryText(ref reader, out var text) ? text : "";
            reader.Read();
            _path.Add($".{ProblemList.Shorten(name, LongestKeyInPath)}");
            var attribute = members.Type.Attribute(name);
            if (attribute is null ? !others.Add(name) : !members.Given.Add(attribute))
            {
                Report(ErrorCodes.BadRequest, "the key is given twice");
            }

            if (attribute is not null)
            {
                ReadStructMember(ref reader, members, attribute);
            }
            else if (mayBeWrapped && name == "attributes" && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadStructMembers(ref reader, members, mayBeWrapped: false);
            }
            else
            {
                reader.Skip();
            }

            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void ReadStructMember(ref Utf8JsonReader reader, StructMembers members, AssetAttribute attribute)
    {
        var mistakes = _mistakes;
        if (ReadValue(ref reader, attribute.Type, isElement: false))
        {
            members.Values[attribute.Id] = Cut(members.Start);
        }
        else if (_mistakes > mistakes)
        {
            members.Wrong.Add(attribute);
        }

        _writer.Truncate(members.Start);
    }

    /// <summary>A copy of what was written after a position.</summary>
    private CanonicalValue Cut(int start) => new(_writer.Written[start..].ToArray());

    /// <summary>The members of one struct, as they come.</summary>
    private sealed class StructMembers(StructType type, int start)
    {
        public StructType Type => type;

        /// <summary>Where in the writer the struct begins.</summary>
        public int Start => start;

        public SortedDictionary<int, CanonicalValue> Values { get; } = [];

        public HashSet<AssetAttribute> Given { get; } = [];

        public HashSet<AssetAttribute> Wrong { get; } = [];
    }
}
