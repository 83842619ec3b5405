using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <content>Tags.</content>
internal sealed partial class Normalizer
{
    private static readonly TagFlags NothingSaid = new(null, null, null, null);

    private IEnumerable<NormalizedTags> TagsOf(ResolvedBatch batch)
    {
        foreach (var resolved in batch.Assets)
        {
            foreach (var tags in TagsOf(resolved, batch.Manner.Tags))
            {
                yield return tags;
            }
        }

        foreach (var (asset, call) in batch.TagCalls)
        {
            _guid = asset.Guid.ToString("D");
            yield return new NormalizedTags(asset, call.Action, ReadTags(call.Tags, call.Path, asset, call.ByDisplayName), call.Path, _guid);
        }
    }

    /// <summary>
    /// The request's flags say what its tags mean. Of an asset that is created they mean the same, so that sending the request again
    /// changes nothing; and what it brings as its <c>classifications</c> comes before what is done to them.
    /// </summary>
    private IEnumerable<NormalizedTags> TagsOf(ResolvedAsset resolved, TagMode mode)
    {
        var asset = resolved.Asset;
        var requests = resolved.Statements.Select(statement => statement.Request).ToList();
        if (asset.IsNew || mode == TagMode.Replace)
        {
            var action = mode == TagMode.Replace ? TagAction.Replace : TagAction.Put;
            foreach (var tags in requests.Select(request => Tags(asset, action, request.Classifications, request)).OfType<NormalizedTags>())
            {
                yield return tags;
            }
        }

        if (mode == TagMode.Append || (asset.IsNew && mode == TagMode.Ignored))
        {
            foreach (var request in requests)
            {
                if (Tags(asset, TagAction.Put, request.PutClassifications, request) is { } put)
                {
                    yield return put;
                }

                if (Tags(asset, TagAction.Drop, request.DroppedClassifications, request) is { } dropped)
                {
                    yield return dropped;
                }
            }
        }
    }

    private NormalizedTags? Tags(BatchAsset asset, TagAction action, RequestField? field, RequestAsset request)
    {
        if (field is not { IsNull: false } said)
        {
            return null;
        }

        _guid = request.Guid?.Text;
        var path = $"{request.Path}.{said.Name}";
        return new NormalizedTags(asset, action, ReadTags(said.Json, path, asset, byDisplayName: false), path, _guid);
    }

    private ImmutableArray<NormalizedTag> ReadTags(ReadOnlyMemory<byte> json, string path, BatchAsset asset, bool byDisplayName)
    {
        var reader = CheckedJson.Read(json.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            _scope.Report(ErrorCodes.BadRequest, path, "tags must be an array of objects", _guid);
            return [];
        }

        var tags = ImmutableArray.CreateBuilder<NormalizedTag>();
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
            var start = (int)reader.TokenStartIndex;
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            if (!isObject)
            {
                _scope.Report(ErrorCodes.BadRequest, place, "a tag must be an object", _guid);
            }
            else if (ReadTag(json.Span[start..(int)reader.BytesConsumed], place, asset, byDisplayName) is { } tag)
            {
                tags.Add(tag);
            }
        }

        return tags.ToImmutable();
    }

    private NormalizedTag? ReadTag(ReadOnlySpan<byte> json, string path, BatchAsset asset, bool byDisplayName)
    {
        var (flags, source, attributes) = (NothingSaid, (Guid?)null, default(Range?));
        ImmutableArray<TagValidity>? periods = null;
        string? name = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reader = CheckedJson.Read(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            var place = $"{path}.{key}";
            reader.Read();
            if (!seen.Add(key))
            {
                _scope.Report(ErrorCodes.BadRequest, place, "the key is given twice", _guid);
            }

            switch (key)
            {
                case "typeName":
                    name = ReadTagText(ref reader, place);
                    break;
                case "entityGuid":
                    source = SourceOf(ReadTagText(ref reader, place), asset);
                    break;
                case "propagate":
                    flags = flags with { Propagate = ReadTagFlag(ref reader, place) };
                    break;
                case "removePropagationsOnEntityDelete":
                    flags = flags with { RemovePropagationsOnEntityDelete = ReadTagFlag(ref reader, place) };
                    break;
                case "restrictPropagationThroughLineage":
                    flags = flags with { RestrictPropagationThroughLineage = ReadTagFlag(ref reader, place) };
                    break;
                case "restrictPropagationThroughHierarchy":
                    flags = flags with { RestrictPropagationThroughHierarchy = ReadTagFlag(ref reader, place) };
                    break;
                case "validityPeriods":
                    periods = ReadPeriods(ref reader, place);
                    break;
                case "attributes" when reader.TokenType == JsonTokenType.StartObject:
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    attributes = start..(int)reader.BytesConsumed;
                    break;
                case "attributes":
                    ExpectTag(ref reader, reader.TokenType == JsonTokenType.Null, place, "an object");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return FindTag(name, path, byDisplayName) is { } type
            ? new NormalizedTag(type, source, flags, attributes is { } range ? ReadSaid(json[range], type.Attribute, path, type.Name) : null, periods, path)
            : null;
    }

    private ClassificationType? FindTag(string? name, string path, bool byDisplayName)
    {
        if (string.IsNullOrEmpty(name))
        {
            _scope.Report(ErrorCodes.InvalidTagRequest, $"{path}.typeName", "typeName of a tag is missing", _guid);
            return null;
        }

        var type = byDisplayName ? _scope.Registry.FindClassificationDisplayed(name) : _scope.Registry.FindClassification(name);
        if (type is null)
        {
            _scope.Report(ErrorCodes.TagNotFound, $"{path}.typeName", $"Given classification {name} was invalid", _guid);
        }

        return type;
    }

    /// <summary>The asset that was tagged, if it is another one.</summary>
    private static Guid? SourceOf(string? text, BatchAsset asset) =>
        RequestGuid.TryParse(text, out var guid) && guid.Real is { } real && real != asset.Guid && !asset.IsNew ? real : null;

    private ImmutableArray<TagValidity>? ReadPeriods(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            ExpectTag(ref reader, reader.TokenType == JsonTokenType.Null, path, "an array of objects");
            return null;
        }

        var periods = ImmutableArray.CreateBuilder<TagValidity>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                ExpectTag(ref reader, holds: false, path, "an array of objects");
                continue;
            }

            var period = new TagValidity("", "", "");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString();
                reader.Read();
                var text = ReadTagText(ref reader, $"{path}.{key}") ?? "";
                period = key switch
                {
                    "startTime" => period with { StartTime = text },
                    "endTime" => period with { EndTime = text },
                    "timeZone" => period with { TimeZone = text },
                    _ => period,
                };
            }

            periods.Add(period);
        }

        return periods.ToImmutable();
    }

    private string? ReadTagText(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        ExpectTag(ref reader, reader.TokenType == JsonTokenType.Null, path, "a text");
        return null;
    }

    private bool? ReadTagFlag(ref Utf8JsonReader reader, string path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.String when bool.TryParse(reader.GetString(), out var flag):
                return flag;
            default:
                ExpectTag(ref reader, reader.TokenType == JsonTokenType.Null, path, "true or false");
                return null;
        }
    }

    private void ExpectTag(ref Utf8JsonReader reader, bool holds, string path, string what)
    {
        if (!holds)
        {
            _scope.Report(ErrorCodes.BadRequest, path, $"must be {what}", _guid);
        }

        reader.Skip();
    }
}
