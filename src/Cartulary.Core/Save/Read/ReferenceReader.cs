using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Read;

/// <summary>Reads the references in a relationship attribute.</summary>
internal static class ReferenceReader
{
    /// <summary>
    /// The references of one value: an object, an array of objects, or null for none. Mistakes are reported and left out.
    /// </summary>
    public static List<RequestReference> Read(RequestField field, string path, Action<ErrorCode, string, string> report)
    {
        var references = new List<RequestReference>();
        var reader = CheckedJson.Read(field.Json.Span);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            Add(ReadOne(ref reader, field.Json, path, report));
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                Add(ReadOne(ref reader, field.Json, $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", report));
            }
        }
        else if (reader.TokenType != JsonTokenType.Null)
        {
            report(ErrorCodes.InvalidObjectId, path, "a reference must be an object with a guid, or with typeName and uniqueAttributes");
        }

        return references;

        void Add(RequestReference? reference)
        {
            if (reference is not null)
            {
                references.Add(reference);
            }
        }
    }

    /// <summary>All guids that stand as <c>guid</c> anywhere in the relationship attributes of an asset.</summary>
    public static IEnumerable<string> GuidsIn(RequestAsset asset) =>
        asset.Attributes.Concat(asset.Relationships).Concat(asset.AppendedRelationships).Concat(asset.RemovedRelationships)
            .SelectMany(GuidsIn);

    private static List<string> GuidsIn(RequestField field)
    {
        var guids = new List<string>();
        var reader = CheckedJson.Read(field.Json.Span);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("guid"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && RequestGuid.TryParse(reader.GetString(), out var guid))
                {
                    guids.Add(guid.Text);
                }
            }
        }

        return guids;
    }

    private static RequestReference? ReadOne(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, string path, Action<ErrorCode, string, string> report)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            report(ErrorCodes.InvalidObjectId, path, "a reference must be an object with a guid, or with typeName and uniqueAttributes");
            reader.Skip();
            return null;
        }

        var parts = new Parts();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            parts.ReadMember(ref reader, json, path, report);
        }

        if (parts.GuidText is { Length: > 0 } text)
        {
            if (!RequestGuid.TryParse(text, out var guid))
            {
                report(ErrorCodes.InvalidObjectId, path, $"ObjectId is not valid {text}");
                return null;
            }

            return parts.ToReference(path, guid);
        }

        if (parts.TypeName is null || parts.UniqueValue is null)
        {
            report(ErrorCodes.InvalidObjectId, path, "ObjectId is not valid: it needs a guid, or typeName and uniqueAttributes");
            return null;
        }

        return parts.ToReference(path, guid: null);
    }

    /// <summary>The members of one reference, as they come.</summary>
    private sealed class Parts
    {
        private string? _uniqueAttribute;
        private string? _relationshipType;
        private ReadOnlyMemory<byte>? _edgeAttributes;
        private int _members;

        public string? GuidText { get; private set; }

        public string? TypeName { get; private set; }

        public string? UniqueValue { get; private set; }

        public void ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, string path, Action<ErrorCode, string, string> report)
        {
            var key = reader.GetString();
            reader.Read();
            var bit = key switch
            {
                "guid" => 1,
                "typeName" => 2,
                "uniqueAttributes" => 4,
                "relationshipType" => 8,
                "relationshipAttributes" => 16,
                _ => 0,
            };
            if ((_members & bit) != 0)
            {
                report(ErrorCodes.BadRequest, $"{path}.{key}", "the key is given twice");
            }

            _members |= bit;
            switch (key)
            {
                case "guid":
                    GuidText = TextOf(ref reader, $"{path}.guid", report);
                    break;
                case "typeName":
                    TypeName = TextOf(ref reader, $"{path}.typeName", report);
                    break;
                case "relationshipType":
                    _relationshipType = TextOf(ref reader, $"{path}.relationshipType", report);
                    break;
                case "uniqueAttributes" when reader.TokenType == JsonTokenType.StartObject:
                    ReadUniqueAttributes(ref reader, path, report);
                    break;
                case "relationshipAttributes" when reader.TokenType == JsonTokenType.StartObject:
                    ReadEdgeAttributes(ref reader, json, path, report);
                    break;
                case "relationshipAttributes" when reader.TokenType != JsonTokenType.Null:
                    report(ErrorCodes.BadRequest, $"{path}.relationshipAttributes", "must be an object");
                    reader.Skip();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        public RequestReference ToReference(string path, RequestGuid? guid) =>
            new(path, guid, TypeName, _uniqueAttribute, UniqueValue, _relationshipType, _edgeAttributes);

        private void ReadUniqueAttributes(ref Utf8JsonReader reader, string path, Action<ErrorCode, string, string> report)
        {
            HashSet<string>? seen = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!(seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(name))
                {
                    report(ErrorCodes.BadRequest, $"{path}.uniqueAttributes.{name}", "the key is given twice");
                }

                reader.Read();
                var value = TextOf(ref reader, $"{path}.uniqueAttributes.{name}", report);
                if (value is { Length: > 0 } && (_uniqueAttribute is null || name == "qualifiedName"))
                {
                    _uniqueAttribute = name;
                    UniqueValue = value;
                }
            }
        }

        /// <summary>The edge's attributes stand below <c>attributes</c> of a struct that also names its type.</summary>
        private void ReadEdgeAttributes(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, string path, Action<ErrorCode, string, string> report)
        {
            var (seenAttributes, seenType) = (false, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isAttributes = reader.ValueTextEquals("attributes"u8);
                var isType = reader.ValueTextEquals("typeName"u8);
                if ((isAttributes && seenAttributes) || (isType && seenType))
                {
                    report(ErrorCodes.BadRequest, $"{path}.relationshipAttributes.{(isType ? "typeName" : "attributes")}", "the key is given twice");
                }

                seenAttributes |= isAttributes;
                seenType |= isType;
                reader.Read();
                if (isAttributes && reader.TokenType == JsonTokenType.StartObject)
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    _edgeAttributes = json[start..(int)reader.BytesConsumed];
                }
                else if (isAttributes && reader.TokenType != JsonTokenType.Null)
                {
                    report(ErrorCodes.BadRequest, $"{path}.relationshipAttributes.attributes", "must be an object");
                    reader.Skip();
                }
                else if (isType && reader.TokenType == JsonTokenType.String)
                {
                    _relationshipType ??= reader.GetString();
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        private static string? TextOf(ref Utf8JsonReader reader, string path, Action<ErrorCode, string, string> report)
        {
            if (reader.TokenType is JsonTokenType.String)
            {
                return reader.GetString();
            }

            if (reader.TokenType != JsonTokenType.Null)
            {
                report(ErrorCodes.InvalidObjectId, path, "must be a text");
                reader.Skip();
            }

            return null;
        }
    }
}
