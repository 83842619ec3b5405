using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Read;

/// <content>One asset of the request.</content>
public sealed partial class SaveRequestReader
{
    private RequestAsset? ReadAsset(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Expect(ref reader, holds: false, path, "an object");
            return null;
        }

        var asset = new RequestAsset { Path = path, TypeName = "" };
        var seen = _keys.Enter();
        var isTypeTold = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = ReadKey(ref reader, seen, path);
            var before = _problems.Count;
            asset = ReadMember(ref reader, asset, key);
            isTypeTold |= key == "typeName" && _problems.Count > before;
        }

        _keys.Leave(seen);
        if (asset.TypeName.Length == 0 && !isTypeTold)
        {
            Report(ErrorCodes.UnknownType, $"{path}.typeName", "typeName is missing", asset.Guid?.Text);
        }

        return asset;
    }

    private RequestAsset ReadMember(ref Utf8JsonReader reader, RequestAsset asset, string key)
    {
        var path = asset.Path;
        switch (key)
        {
            case "typeName":
                return asset with { TypeName = ReadText(ref reader, path, key) ?? "" };
            case "guid":
                return asset with { Guid = ReadGuid(ref reader, path) };
            case "attributes":
                return asset with { Attributes = ReadFields(ref reader, path, key) };
            case "relationshipAttributes":
                return asset with { Relationships = ReadFields(ref reader, path, key) };
            case "appendRelationshipAttributes":
                return asset with { AppendedRelationships = ReadFields(ref reader, path, key) };
            case "removeRelationshipAttributes":
                return asset with { RemovedRelationships = ReadFields(ref reader, path, key) };
            case "labels":
                return asset with { Labels = Slice(ref reader, key) };
            case "customAttributes":
                return asset with { CustomAttributes = Slice(ref reader, key) };
            case "status":
                return ReadStatus(ref reader, path) ? asset with { Restores = true } : PassOver(asset, key);
            case "classifications":
                return asset with { Classifications = Slice(ref reader, key) };
            case "addOrUpdateClassifications":
                return asset with { PutClassifications = Slice(ref reader, key) };
            case "removeClassifications":
                return asset with { DroppedClassifications = Slice(ref reader, key) };
            case "businessAttributes":
                return asset with { BusinessAttributes = Slice(ref reader, key) };
            case "expectedVersion":
                return asset with { ExpectedVersion = ReadVersion(ref reader, path, key) };
            case "starred":
                return asset with { Starred = ReadFlag(ref reader, path, key) };
            default:
                reader.Skip();
                return PassOver(asset, key);
        }
    }

    private RequestAsset PassOver(RequestAsset asset, string key) =>
        _notesPassedOver ? asset with { PassedOver = asset.PassedOver.Add(key) } : asset;

    private long? ReadVersion(ref Utf8JsonReader reader, string path, string key)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var version) && version >= 0)
        {
            return version;
        }

        Expect(ref reader, reader.TokenType == JsonTokenType.Null, $"{path}.{key}", "a version, which is a whole number from 0 on");
        return null;
    }

    private bool? ReadFlag(ref Utf8JsonReader reader, string path, string key)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return reader.TokenType == JsonTokenType.True;
        }

        Expect(ref reader, reader.TokenType == JsonTokenType.Null, $"{path}.{key}", "true or false");
        return null;
    }

    private string? ReadText(ref Utf8JsonReader reader, string path, string key)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.ValueIsEscaped ? reader.GetString() : Shared(reader.ValueSpan);
        }

        Expect(ref reader, reader.TokenType == JsonTokenType.Null, $"{path}.{key}", "a text");
        return null;
    }

    private RequestGuid? ReadGuid(ref Utf8JsonReader reader, string path)
    {
        var text = ReadText(ref reader, path, "guid");
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!RequestGuid.TryParse(text, out var guid))
        {
            Report(ErrorCodes.InvalidObjectId, $"{path}.guid", $"ObjectId is not valid {text}");
            return null;
        }

        return guid;
    }

    private bool ReadStatus(ref Utf8JsonReader reader, string path)
    {
        var text = ReadText(ref reader, path, "status");
        if (text is not (null or "" or "ACTIVE" or "DELETED" or "PURGED"))
        {
            Report(ErrorCodes.BadRequest, $"{path}.status", "status must be ACTIVE or DELETED");
        }

        return text == "ACTIVE";
    }

    private ImmutableArray<RequestField> ReadFields(ref Utf8JsonReader reader, string path, string key)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Expect(ref reader, reader.TokenType == JsonTokenType.Null, $"{path}.{key}", "an object");
            return [];
        }

        _fields.Clear();
        var seen = _keys.Enter();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadKey(ref reader, seen, path, key);
            _fields.Add(Slice(ref reader, name));
        }

        _keys.Leave(seen);
        return [.. _fields];
    }

    /// <summary>The value at the reader's token as a slice of the body; moves to its last token.</summary>
    private RequestField Slice(ref Utf8JsonReader reader, string name)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new RequestField(name, _body[start..(int)reader.BytesConsumed]);
    }

    private string Shared(ReadOnlySpan<byte> utf8) => _keys.Find(utf8) ?? Encoding.UTF8.GetString(utf8);

    /// <summary>The entities, then the referred ones that something points at, each once.</summary>
    private ImmutableArray<RequestAsset> WithReferred()
    {
        if (_referred.Count == 0)
        {
            return [.. _entities];
        }

        var found = new List<RequestAsset>(_entities);
        var own = _entities.Select(entity => entity.Guid?.Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < found.Count; index++)
        {
            foreach (var guid in ReferenceReader.GuidsIn(found[index]).Where(guid => own.Add(guid)))
            {
                if (_referred.TryGetValue(guid, out var referred))
                {
                    found.Add(referred);
                }
            }
        }

        return [.. found];
    }
}
