using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// Tells the attributes of one listing from its relationship attributes, wherever they stand. Names that the type does not
/// have are passed over.
/// </summary>
internal sealed class StatementReader
{
    private readonly PlanningScope _scope;
    private readonly RequestAsset _request;
    private readonly EntityType _type;
    private readonly ImmutableArray<(AssetAttribute, RequestField)>.Builder _attributes;
    private readonly List<(RequestField Field, ImmutableArray<EndAttribute> Ends, EdgeMode Mode, string Path)> _relationships = [];
    private List<string>? _unknown;

    public StatementReader(PlanningScope scope, RequestAsset request, EntityType type)
    {
        _scope = scope;
        _request = request;
        _type = type;
        _attributes = ImmutableArray.CreateBuilder<(AssetAttribute, RequestField)>(request.Attributes.Length);
        foreach (var field in request.Attributes)
        {
            if (type.Attribute(field.Name) is { } attribute)
            {
                _attributes.Add((attribute, field));
            }
            else if (type.EndsNamed(field.Name).IsEmpty)
            {
                PassOver(field);
            }
            else if (!field.IsNull && !Names(request.Relationships, field.Name))
            {
                AddRelationship(field, EdgeMode.Replace, "attributes");
            }
        }

        AddRelationships(request.Relationships, EdgeMode.Replace, "relationshipAttributes");
        AddRelationships(request.AppendedRelationships, EdgeMode.Append, "appendRelationshipAttributes");
        AddRelationships(request.RemovedRelationships, EdgeMode.Remove, "removeRelationshipAttributes");
        if (request.AppendedRelationships.Length + request.RemovedRelationships.Length > 0)
        {
            ReportGivenTwice();
        }
    }

    public AssetStatement Statement() => new(
        _request,
        _attributes.ToImmutable(),
        [.. _relationships.Where(entry => entry.Mode != EdgeMode.Remove && !IsEmpty(entry.Field)).SelectMany(entry => entry.Ends)])
    {
        Unknown = _unknown is null ? [] : [.. _unknown],
    };

    /// <summary>The unique values the listing gives.</summary>
    public ImmutableArray<AssetKey> UniqueKeys()
    {
        if (_type.UniqueAttributes.Length == 0)
        {
            return [];
        }

        var keys = ImmutableArray.CreateBuilder<AssetKey>(1);
        foreach (var (attribute, field) in _attributes)
        {
            if (attribute.Definition.IsUnique && TextOf(field) is { Length: > 0 } text)
            {
                keys.Add(new AssetKey(attribute.Id, text));
            }
        }

        return keys.Count == 1 ? [keys[0]] : [.. keys.OrderBy(key => _type.UniqueAttributes.IndexOf(_scope.Registry.Attribute(key.Kind)))];
    }

    /// <summary>The members of all relationship attributes.</summary>
    public IEnumerable<ListedReference> References()
    {
        foreach (var (field, ends, mode, path) in _relationships)
        {
            var references = ReferenceReader.Read(field, path, (code, where, message) => _scope.Report(code, where, message, _request.Guid?.Text));
            if (references.Count == 0)
            {
                if (mode == EdgeMode.Replace && IsEmpty(field))
                {
                    foreach (var end in ends)
                    {
                        yield return ListedReference.Empty(_request, end, mode, path);
                    }
                }

                continue;
            }

            if (!ends[0].IsMany && mode != EdgeMode.Remove && references.Count > 1)
            {
                _scope.Report(ErrorCodes.InvalidParameters, path, $"{ends[0]} takes one reference, not {references.Count}", _request.Guid?.Text);
            }

            foreach (var reference in references)
            {
                yield return Listed(reference, EndFor(ends, reference), mode, path);
            }
        }
    }

    private void ReportGivenTwice()
    {
        foreach (var twice in _relationships.Where(entry => entry.Mode != EdgeMode.Replace && _relationships.Any(other => other.Mode == EdgeMode.Replace && other.Field.Name == entry.Field.Name)))
        {
            _scope.Report(ErrorCodes.RelationshipGivenTwice, twice.Path, $"{twice.Field.Name}: attribute already exists in relationshipAttributes", _request.Guid?.Text);
        }
    }

    private static bool Names(ImmutableArray<RequestField> fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private ListedReference Listed(RequestReference reference, EndAttribute end, EdgeMode mode, string path)
    {
        if (reference.Guid is not null || reference.UniqueAttribute is null || reference.UniqueValue is null)
        {
            return new ListedReference(_request, end, mode, path, reference, null, null);
        }

        var type = _scope.Registry.FindEntity(reference.TypeName!);
        if (type is null)
        {
            _scope.Report(ErrorCodes.UnknownType, reference.Path, $"Type ENTITY with name {reference.TypeName} does not exist", _request.Guid?.Text);
        }
        else if (type.Attribute(reference.UniqueAttribute) is not { Definition.IsUnique: true })
        {
            _scope.Report(ErrorCodes.NotUniqueAttribute, reference.Path, $"Type {type.Name} with unique attribute {reference.UniqueAttribute} does not exist", _request.Guid?.Text);
        }

        var attribute = type?.Attribute(reference.UniqueAttribute);
        AssetKey? key = attribute is not { Definition.IsUnique: true } ? null : new AssetKey(attribute.Id, reference.UniqueValue);
        return new ListedReference(_request, end, mode, path, reference, key, type);
    }

    /// <summary>Of relationships that share a name, the one that the reference names, or else the first that its type can be at the other end of.</summary>
    private EndAttribute EndFor(ImmutableArray<EndAttribute> ends, RequestReference reference) =>
        ends.Length == 1 ? ends[0]
        : ends.FirstOrDefault(end => end.Relationship.Name == reference.RelationshipType)
        ?? (reference.TypeName is { } name && _scope.Registry.FindEntity(name) is { } type ? ends.FirstOrDefault(end => type.Is(end.OtherTypeName)) : null)
        ?? ends[0];

    private void AddRelationships(ImmutableArray<RequestField> fields, EdgeMode mode, string member)
    {
        foreach (var field in fields)
        {
            if (mode == EdgeMode.Replace || !field.IsNull)
            {
                AddRelationship(field, mode, member);
            }
            else if (_type.EndsNamed(field.Name).IsEmpty)
            {
                PassOver(field);
            }
        }
    }

    private void AddRelationship(RequestField field, EdgeMode mode, string member)
    {
        if (_type.EndsNamed(field.Name) is { IsEmpty: false } ends)
        {
            _relationships.Add((field, ends, mode, $"{_request.Path}.{member}.{field.Name}"));
        }
        else
        {
            PassOver(field);
        }
    }

    private void PassOver(RequestField field) => (_unknown ??= []).Add(field.Name);

    private static bool IsEmpty(RequestField field)
    {
        if (field.IsNull)
        {
            return true;
        }

        var reader = CheckedJson.Read(field.Json.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.EndArray;
    }

    /// <summary>The text of a unique value, spelled in any accepted way; null when it is no text, which is reported later.</summary>
    private static string? TextOf(RequestField field)
    {
        var reader = CheckedJson.Read(field.Json.Span);
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
    }
}
