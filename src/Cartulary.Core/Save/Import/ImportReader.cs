using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Normalize;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Import;

/// <summary>
/// Reads the assets of an export. Every name must be known and every value be of its type; what the file does not say the asset
/// does not have, defaults included, so that what comes out is what went in.
/// </summary>
internal sealed class ImportReader
{
    private static readonly ImmutableSortedDictionary<string, string> NoCustom = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly PlanningScope _scope;
    private readonly ValueReader _values;
    private string _place = "";
    private string? _guid;

    public ImportReader(PlanningScope scope)
    {
        _scope = scope;
        _values = new ValueReader((_, path, message) => Report(path.Length == 0 ? _place : $"{_place}.{path}", message));
    }

    /// <summary>An asset; null with what is wrong.</summary>
    public ImportedAsset? Read(JsonElement json, string path)
    {
        _guid = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            Report(path, "an asset is an object");
            return null;
        }

        var before = _scope.ProblemCount;
        if (!RequestGuid.TryParseReal(Text(json, "guid", path), out var guid))
        {
            Report($"{path}.guid", "an asset has a guid");
        }

        _guid = guid.ToString("D");
        var typeName = Text(json, "typeName", path) ?? "";
        if (_scope.Registry.FindEntity(typeName) is not { } type)
        {
            _scope.Report(ErrorCodes.UnknownType, $"{path}.typeName", $"Type ENTITY with name {typeName} does not exist", _guid);
            return null;
        }

        var status = Text(json, "status", path);
        if (status is not ("ACTIVE" or "DELETED"))
        {
            Report($"{path}.status", "a status is ACTIVE or DELETED");
        }

        var state = AssetState.Create(
            Values(json, "attributes", path, type.Attribute),
            Labels(json, path),
            Custom(json, path),
            Tags(json, path),
            Metadata(json, path));
        var edges = Edges(json, path, type);
        return _scope.ProblemCount > before ? null : new ImportedAsset(guid, type, status == "DELETED", state, edges, path);
    }

    private void Report(string path, string message) => _scope.Report(ErrorCodes.InvalidAttributes, path, message, _guid);

    private string? Text(JsonElement json, string name, string path)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Report($"{path}.{name}", $"{name} must be a text");
        return null;
    }

    private IEnumerable<JsonProperty> Members(JsonElement json, string name, string path)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return value.EnumerateObject();
        }

        Report($"{path}.{name}", $"{name} must be an object");
        return [];
    }

    private IEnumerable<(JsonElement Item, string Path)> Items(JsonElement json, string name, string path)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().Select((item, place) => (item, $"{path}.{name}[{place}]"));
        }

        Report($"{path}.{name}", $"{name} must be a list");
        return [];
    }

    private ImmutableArray<AttributeValue> Values(JsonElement json, string member, string path, Func<string, AssetAttribute?> find) =>
        [.. Members(json, member, path).Select(value => Value(value, $"{path}.{member}", find)).OfType<AttributeValue>().OrderBy(value => value.AttributeId)];

    private AttributeValue? Value(JsonProperty member, string path, Func<string, AssetAttribute?> find)
    {
        _place = $"{path}.{member.Name}";
        if (find(member.Name) is not { } attribute)
        {
            _scope.Report(ErrorCodes.AttributeNotFound, _place, $"there is no attribute {member.Name}", _guid);
            return null;
        }

        var before = _scope.ProblemCount;
        var value = _values.Read(JsonMarshal.GetRawUtf8Value(member.Value), attribute.Type, new ValueLimits(_scope.Limits.LongTextLength));
        if (value is null && _scope.ProblemCount == before)
        {
            Report(_place, "an attribute of an export has a value");
        }

        return value is { } read ? new AttributeValue(attribute.Id, read) : null;
    }

    private ImmutableArray<string> Labels(JsonElement json, string path) =>
    [
        .. Items(json, "labels", path).Select(item => TextOf(item.Item, item.Path)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private ImmutableSortedDictionary<string, string> Custom(JsonElement json, string path)
    {
        var custom = NoCustom.ToBuilder();
        foreach (var member in Members(json, "customAttributes", path))
        {
            if (TextOf(member.Value, $"{path}.customAttributes.{member.Name}") is { } value)
            {
                custom[member.Name] = value;
            }
        }

        return custom.ToImmutable();
    }

    private string? TextOf(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return json.GetString();
        }

        Report(path, "this must be a text");
        return null;
    }

    private ImmutableArray<AssetTag> Tags(JsonElement json, string path)
    {
        var tags = Items(json, "classifications", path).Select(item => Tag(item.Item, item.Path)).OfType<AssetTag>().OrderBy(tag => tag.Key).ToList();
        if (tags.DistinctBy(tag => tag.Key).Count() == tags.Count)
        {
            return [.. tags];
        }

        Report($"{path}.classifications", "a tag comes from an asset once only");
        return [];
    }

    private AssetTag? Tag(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Report(path, "a tag is an object");
            return null;
        }

        var name = Text(json, "typeName", path) ?? "";
        if (_scope.Registry.FindClassification(name) is not { } type)
        {
            _scope.Report(ErrorCodes.TagNotFound, $"{path}.typeName", $"there is no tag {name}", _guid);
            return null;
        }

        if (!RequestGuid.TryParseReal(Text(json, "entityGuid", path), out var source))
        {
            Report($"{path}.entityGuid", "a tag comes from an asset");
            return null;
        }

        return new AssetTag(type.Id, source)
        {
            Propagate = Flag(json, "propagate", path),
            RemovePropagationsOnEntityDelete = Flag(json, "removePropagationsOnEntityDelete", path),
            RestrictPropagationThroughLineage = Flag(json, "restrictPropagationThroughLineage", path),
            RestrictPropagationThroughHierarchy = Flag(json, "restrictPropagationThroughHierarchy", path),
            Attributes = Values(json, "attributes", path, type.Attribute),
            ValidityPeriods =
            [
                .. Items(json, "validityPeriods", path).Select(item => new TagValidity(
                    Text(item.Item, "startTime", item.Path) ?? "", Text(item.Item, "endTime", item.Path) ?? "", Text(item.Item, "timeZone", item.Path) ?? "")),
            ],
        };
    }

    private bool Flag(JsonElement json, string name, string path)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.ValueKind == JsonValueKind.True;
        }

        Report($"{path}.{name}", $"{name} must be true or false");
        return false;
    }

    private ImmutableArray<AttributeValue> Metadata(JsonElement json, string path)
    {
        var values = new List<AttributeValue>();
        foreach (var member in Members(json, "businessAttributes", path))
        {
            var place = $"{path}.businessAttributes";
            if (_scope.Registry.FindBusinessMetadata(member.Name) is { } set)
            {
                values.AddRange(Values(json.GetProperty("businessAttributes"), member.Name, place, name => set.Attribute(name)?.Attribute));
            }
            else
            {
                _scope.Report(ErrorCodes.MetadataAttributeNotFound, $"{place}.{member.Name}", $"there is no custom metadata {member.Name}", _guid);
            }
        }

        return [.. values.OrderBy(value => value.AttributeId)];
    }

    private ImmutableArray<ImportedEdge> Edges(JsonElement json, string path, EntityType type) =>
        [.. Items(json, "relationships", path).Select(item => Edge(item.Item, item.Path, type)).OfType<ImportedEdge>()];

    private ImportedEdge? Edge(JsonElement json, string path, EntityType type)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Report(path, "a relationship is an object");
            return null;
        }

        var name = Text(json, "typeName", path) ?? "";
        if (_scope.Registry.FindRelationship(name) is not { } relationship)
        {
            _scope.Report(ErrorCodes.UnknownType, $"{path}.typeName", $"Type RELATIONSHIP with name {name} does not exist", _guid);
            return null;
        }

        var side = json.TryGetProperty("end", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
        if (side is not (1 or 2) || !RequestGuid.TryParseReal(Text(json, "guid", path), out var other))
        {
            Report(path, "a relationship has an end, 1 or 2, and the guid of the asset at the other one");
            return null;
        }

        var end = side == 1 ? relationship.End1 : relationship.End2;
        if (!type.Is(end.Definition.Type))
        {
            _scope.Report(ErrorCodes.UnfitEnds, path, $"an asset of type {type.Name} cannot stand at {end}", _guid);
            return null;
        }

        return new ImportedEdge(end, other, AssetState.Create(Values(json, "attributes", path, relationship.Attribute), [], NoCustom), path);
    }
}
