using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Derive.Rules;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <summary>Second stage: reads every value as a value of its stored type, and reports all that are wrong.</summary>
internal sealed partial class Normalizer
{
    /// <summary>Attributes that hold whole documents, and so may be longer than others.</summary>
    private static readonly ImmutableHashSet<string> Documents = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "rawQueryText", "rawQuery", "variablesSchemaBase64", "visualBuilderSchemaBase64", "dataContractSpec", "dataContractJson", "definition", "sql", "code", "ast");

    private static readonly IReadOnlySet<AssetAttribute> NoAttributes = ImmutableHashSet<AssetAttribute>.Empty;

    private readonly PlanningScope _scope;
    private readonly ValueReader _values;
    private string? _guid;
    private MetadataMode _metadata;
    private ErrorCode _invalid = ErrorCodes.InvalidAttributes;

    // Where the value being read stands, in parts: a path is put together only when something is wrong.
    private (string Owner, string Member) _place = ("", "");
    private (string TypeName, string Attribute) _value = ("", "");

    private Normalizer(PlanningScope scope)
    {
        _scope = scope;
        _values = new ValueReader(Report);
    }

    /// <summary>The normalized request; null when problems were reported.</summary>
    public static NormalizedBatch? Normalize(PlanningScope scope, ResolvedBatch batch)
    {
        var normalizer = new Normalizer(scope);
        normalizer._metadata = batch.Manner.CustomMetadata;
        ImmutableArray<NormalizedAsset> assets = [.. batch.Assets.Select(asset => normalizer.Normalize(asset, batch.Kind))];
        ImmutableArray<NormalizedEdges> edges = [.. batch.EdgeStatements.Select(normalizer.Normalize)];
        ImmutableArray<NormalizedTags> tags = [.. normalizer.TagsOf(batch)];
        return scope.HasProblems ? null : new NormalizedBatch(batch, assets, edges) { Tags = tags };
    }

    private NormalizedAsset Normalize(ResolvedAsset resolved, RequestKind kind)
    {
        var said = new Dictionary<AssetAttribute, CanonicalValue?>(resolved.Statements[0].Attributes.Length);
        ImmutableArray<string>? labels = null;
        ImmutableSortedDictionary<string, string>? custom = null;
        bool? starred = null;
        var metadata = ImmutableArray.CreateBuilder<NormalizedMetadata>();
        foreach (var statement in resolved.Statements)
        {
            _guid = statement.Request.Guid?.Text;
            var problems = ReadAttributes(resolved.Asset, statement, said);
            CheckMandatory(resolved.Asset, statement, kind, said, problems);
            labels = ReadLabels(resolved.Asset, statement.Request, labels) ?? labels;
            custom = ReadCustomAttributes(statement.Request) ?? custom;
            starred = statement.Request.Starred ?? starred;
            if (ReadMetadata(resolved.Asset, statement.Request) is { } about)
            {
                metadata.Add(about);
            }
        }

        if (_scope.Terms.WithReceipts)
        {
            resolved.Asset.SaidInVain = SaidInVain(resolved);
        }

        return new NormalizedAsset(resolved.Asset, said, labels, custom, resolved.Statements[0].Request.Path)
        {
            CustomMetadata = metadata.DrainToImmutable(),
            Starred = starred,
        };
    }

    /// <summary>What the receipt of an asset names as passed over: what is not the client's to say, and what the type does not have.</summary>
    private static (ImmutableArray<string> Ignored, ImmutableArray<string> Unknown) SaidInVain(ResolvedAsset resolved)
    {
        var rules = RuleBook.For(resolved.Asset.Type);
        var derived = resolved.Statements
            .SelectMany(statement => statement.Attributes)
            .Select(pair => resolved.Asset.Type.Attribute(pair.Attribute.Name)!)
            .Where(attribute => IsDerived(rules, attribute))
            .Select(attribute => attribute.Name);
        return (
            [.. resolved.Statements.SelectMany(statement => statement.Request.PassedOver).Concat(derived).Distinct(StringComparer.Ordinal)],
            [.. resolved.Statements.SelectMany(statement => statement.Unknown).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Adds what one listing says; returns the attributes whose values were wrong.</summary>
    private IReadOnlySet<AssetAttribute> ReadAttributes(BatchAsset asset, AssetStatement statement, Dictionary<AssetAttribute, CanonicalValue?> said)
    {
        HashSet<AssetAttribute>? wrong = null;
        var rules = RuleBook.For(asset.Type);
        foreach (var (declared, field) in statement.Attributes)
        {
            var attribute = asset.Type.Attribute(declared.Name)!;
            if (IsDerived(rules, attribute))
            {
                continue;
            }

            var before = _scope.ProblemCount;
            var value = Read(field.Json.Span, attribute, (statement.Request.Path, "attributes"), asset.Type.Name);
            if (_scope.ProblemCount > before)
            {
                (wrong ??= []).Add(attribute);
            }

            said[attribute] = value;
        }

        return wrong ?? NoAttributes;
    }

    private CanonicalValue? Read(ReadOnlySpan<byte> json, AssetAttribute attribute, (string Owner, string Member) place, string typeName)
    {
        _place = place;
        _value = (typeName, attribute.Name);
        var length = Documents.Contains(attribute.Name) ? _scope.Limits.LongTextLength : _scope.Limits.TextLength;
        return _values.Read(json, attribute.Type, new ValueLimits(length));
    }

    private void Report(ErrorCode code, string below, string message)
    {
        var separator = code == ErrorCodes.InvalidAttributes ? "=" : ": ";
        var owner = _place.Owner.Length == 0 ? "" : $"{_place.Owner}.";
        _scope.Report(
            code == ErrorCodes.InvalidAttributes ? _invalid : code,
            $"{owner}{_place.Member}.{_value.Attribute}{below}",
            $"{_value.TypeName}.{_value.Attribute}{separator}{message}",
            _guid);
    }

    /// <summary>What the server alone decides is passed over, so that what a reader was given can be sent back.</summary>
    private static bool IsDerived(TypeRuleSet rules, AssetAttribute attribute) => rules.Derives(attribute.Name);

    /// <summary>
    /// A POST, and whatever creates an asset, must give every mandatory attribute in this very payload; no call may clear one.
    /// </summary>
    private void CheckMandatory(
        BatchAsset asset, AssetStatement statement, RequestKind kind, Dictionary<AssetAttribute, CanonicalValue?> said, IReadOnlySet<AssetAttribute> wrong)
    {
        var isWhole = kind == RequestKind.Full || asset.IsNew;
        var rules = RuleBook.For(asset.Type);
        foreach (var attribute in asset.Type.MandatoryAttributes)
        {
            if (IsDerived(rules, attribute) || wrong.Contains(attribute))
            {
                continue;
            }

            var given = Gives(statement, attribute.Name);
            if (given ? said[attribute] is null : isWhole)
            {
                ReportMissing(statement, asset, attribute.Name);
            }
        }

        if (!isWhole)
        {
            return;
        }

        foreach (var end in asset.Type.MandatoryEnds.Where(end => !statement.GivenEnds.Contains(end)))
        {
            ReportMissing(statement, asset, end.Name);
        }
    }

    private static bool Gives(AssetStatement statement, string name)
    {
        foreach (var (attribute, _) in statement.Attributes)
        {
            if (attribute.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private void ReportMissing(AssetStatement statement, BatchAsset asset, string name) => _scope.Report(
        ErrorCodes.InvalidAttributes,
        $"{statement.Request.Path}.attributes.{name}",
        $"{asset.Type.Name}.{name}: mandatory attribute value missing in type {asset.Type.Name}",
        statement.Request.Guid?.Text);

    private ImmutableArray<string>? ReadLabels(BatchAsset asset, RequestAsset request, ImmutableArray<string>? before)
    {
        if (request.Labels is not { IsNull: false } field
            || AnnotationReader.ReadLabels(_scope, field, request.Path.Length == 0 ? field.Name : $"{request.Path}.{field.Name}", request.Guid?.Text) is not { } given)
        {
            return null;
        }

        var present = before ?? asset.Stored?.State.Labels ?? [];
        return request.LabelMode switch
        {
            LabelMode.Add => [.. present.Union(given, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            LabelMode.Remove => [.. present.Except(given, StringComparer.Ordinal)],
            _ => given,
        };
    }

    private ImmutableSortedDictionary<string, string>? ReadCustomAttributes(RequestAsset request)
    {
        if (request.CustomAttributes is not { IsNull: false } field)
        {
            return null;
        }

        return AnnotationReader.ReadCustomAttributes(_scope, field, $"{request.Path}.customAttributes", request.Guid?.Text);
    }

    private NormalizedEdges Normalize(EdgeStatement statement)
    {
        _guid = statement.Subject.RequestGuid;
        var targets = statement.Targets.Select(target => new NormalizedTarget(target.Asset, ReadEdge(statement, target), target.Path));
        return new NormalizedEdges(statement.Subject, statement.End, statement.Mode, [.. targets], statement.Path);
    }

    /// <summary>What is said of an edge's own attributes; null when nothing is. A request about the edge alone is told of mistakes in its own terms.</summary>
    private Dictionary<AssetAttribute, CanonicalValue?>? ReadEdge(EdgeStatement statement, EdgeTarget target)
    {
        if (statement.Call is null)
        {
            return target.Attributes is { } said ? ReadSaid(said.Span, statement.End.Relationship.Attribute, $"{target.Path}.relationshipAttributes", statement.End.Relationship.Name) : null;
        }

        _invalid = ErrorCodes.InvalidRelationship;
        var own = target.Attributes is { } given ? ReadSaid(given.Span, statement.End.Relationship.Attribute, "", statement.End.Relationship.Name) : null;
        _invalid = ErrorCodes.InvalidAttributes;
        foreach (var attribute in statement.End.Relationship.Attributes.Where(attribute => !attribute.Definition.IsOptional))
        {
            var isSaid = own is not null && own.ContainsKey(attribute);
            if ((isSaid || statement.Call == EdgeAction.Create) && own?.GetValueOrDefault(attribute) is null)
            {
                _scope.Report(
                    ErrorCodes.InvalidRelationship, $"attributes.{attribute.Name}", $"{attribute}: mandatory attribute value missing in type {attribute.DeclaringType}");
            }
        }

        return own;
    }

    /// <summary>What an object says of the attributes of an edge or a tag; those that its type does not have are passed over.</summary>
    private Dictionary<AssetAttribute, CanonicalValue?> ReadSaid(ReadOnlySpan<byte> json, Func<string, AssetAttribute?> find, string owner, string typeName)
    {
        var said = new Dictionary<AssetAttribute, CanonicalValue?>();
        var reader = CheckedJson.Read(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (find(name) is not { } attribute)
            {
                continue;
            }

            var value = Read(json[start..(int)reader.BytesConsumed], attribute, (owner, "attributes"), typeName);
            if (!said.TryAdd(attribute, value))
            {
                _scope.Report(ErrorCodes.BadRequest, $"{owner}.attributes.{name}", "the key is given twice", _guid);
            }
        }

        return said;
    }
}
