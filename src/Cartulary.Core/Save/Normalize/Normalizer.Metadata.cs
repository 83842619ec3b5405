using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <content>Custom metadata.</content>
internal sealed partial class Normalizer
{
    /// <summary>An asset that is created has what is given; of one that exists the call or the request's flags say what it means.</summary>
    private NormalizedMetadata? ReadMetadata(BatchAsset asset, RequestAsset request)
    {
        MetadataAction? meant = request.MetadataCall?.Action ?? (asset.IsNew ? MetadataAction.Merge : _metadata switch
        {
            MetadataMode.Merge => MetadataAction.Merge,
            MetadataMode.Overwrite => MetadataAction.Overwrite,
            _ => null,
        });
        if (meant is not { } action)
        {
            return null;
        }

        var values = new Dictionary<BusinessAttribute, CanonicalValue?>();
        var cleared = ImmutableArray.CreateBuilder<BusinessMetadataType>();
        if (request.BusinessAttributes is { IsNull: false } given)
        {
            ReadSets(given.Json.Span, asset, request, action, cleared, values);
        }

        return action == MetadataAction.Overwrite || cleared.Count > 0 || values.Count > 0
            ? new NormalizedMetadata(action == MetadataAction.Overwrite, cleared.ToImmutable(), values)
            : null;
    }

    private void ReadSets(
        ReadOnlySpan<byte> json,
        BatchAsset asset,
        RequestAsset request,
        MetadataAction action,
        ImmutableArray<BusinessMetadataType>.Builder cleared,
        Dictionary<BusinessAttribute, CanonicalValue?> values)
    {
        var owner = request.MetadataCall is null ? $"{request.Path}.businessAttributes" : "businessmetadata";
        foreach (var (name, part) in Members(json, owner, "custom metadata must be an object of sets"))
        {
            var place = $"{owner}.{name}";
            if (SetNamed(name, request.MetadataCall) is not { } set || !set.Attributes.Any(attribute => attribute.AppliesTo(asset.Type)))
            {
                _scope.Report(
                    request.MetadataCall is null ? ErrorCodes.InvalidAttributes : ErrorCodes.MetadataNotApplicable,
                    place,
                    $"assets of type {asset.Type.Name} have no custom metadata {name}",
                    _guid);
                continue;
            }

            var members = json[part].SequenceEqual("null"u8) ? [] : Members(json[part], place, "a set of custom metadata must be an object of values");
            if (members.Count == 0)
            {
                cleared.Add(set);
            }

            foreach (var (member, value) in members)
            {
                ReadMember((set, member), json[part][value], asset, request, action, (owner, name), values);
            }
        }
    }

    private void ReadMember(
        (BusinessMetadataType Set, string Name) named,
        ReadOnlySpan<byte> json,
        BatchAsset asset,
        RequestAsset request,
        MetadataAction action,
        (string Owner, string Member) place,
        Dictionary<BusinessAttribute, CanonicalValue?> values)
    {
        var (set, name) = named;
        var path = $"{place.Owner}.{place.Member}.{name}";
        var attribute = request.MetadataCall is { ByDisplayName: true } ? set.AttributeDisplayed(name) : set.Attribute(name);
        if (attribute is null || !attribute.AppliesTo(asset.Type))
        {
            _scope.Report(
                request.MetadataCall is null ? ErrorCodes.InvalidAttributes : ErrorCodes.MetadataAttributeNotFound,
                path,
                $"assets of type {asset.Type.Name} have no attribute {name} of custom metadata {place.Member}",
                _guid);
            return;
        }

        if (action == MetadataAction.Remove)
        {
            values[attribute] = null;
            return;
        }

        var before = _scope.ProblemCount;
        var value = Read(json, attribute.Attribute, place, set.Name);
        if (_scope.ProblemCount == before && value is { } present)
        {
            Check(attribute, present, asset, path);
        }

        values[attribute] = value;
    }

    /// <summary>What is stored already may come back, whatever the definition has become since.</summary>
    private void Check(BusinessAttribute attribute, CanonicalValue value, BatchAsset asset, string path)
    {
        if (asset.Stored?.State.CustomMetadata.Any(stored => stored.AttributeId == attribute.Id && stored.Value == value) == true)
        {
            return;
        }

        if (attribute.IsArchived)
        {
            _scope.Report(ErrorCodes.InvalidAttributes, path, $"{attribute}: the attribute is archived and takes no new values", _guid);
        }

        foreach (var text in TextsIn(value).Where(text => !attribute.Allows(text)))
        {
            var why = text.Length > attribute.MaxStrLength
                ? string.Create(CultureInfo.InvariantCulture, $"a text may have {attribute.MaxStrLength} characters, not {text.Length}")
                : $"a text must match {attribute.ValidPattern}";
            _scope.Report(ErrorCodes.InvalidAttributes, path, $"{attribute}: {why}", _guid);
        }
    }

    private static List<string> TextsIn(CanonicalValue value)
    {
        var texts = new List<string>();
        var reader = new CanonicalReader(value.Span);
        var count = 1;
        if (reader.Tag == CanonicalTag.Array)
        {
            reader.ReadByte();
            count = reader.ReadCount();
        }

        for (; count > 0 && reader.Tag == CanonicalTag.String; count--)
        {
            texts.Add(reader.ReadText());
            if (count == 1)
            {
                break;
            }
        }

        return texts;
    }

    private BusinessMetadataType? SetNamed(string name, MetadataCall? call) => call is { ByDisplayName: true }
        ? _scope.Registry.FindBusinessMetadataDisplayed(name)
        : _scope.Registry.FindBusinessMetadata(name);

    /// <summary>The members of an object, with where their values stand in it.</summary>
    private List<(string Name, Range Value)> Members(ReadOnlySpan<byte> json, string path, string expected)
    {
        var members = new List<(string, Range)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reader = CheckedJson.Read(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _scope.Report(ErrorCodes.BadRequest, path, expected, _guid);
            return members;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (seen.Add(name))
            {
                members.Add((name, start..(int)reader.BytesConsumed));
            }
            else
            {
                _scope.Report(ErrorCodes.BadRequest, $"{path}.{name}", "the key is given twice", _guid);
            }
        }

        return members;
    }
}
