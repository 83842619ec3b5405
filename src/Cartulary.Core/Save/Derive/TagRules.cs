using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Normalize;
using Cartulary.Core.Save.Read;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Applies what a request says of tags, in payload order. Only an asset's own tags are spoken of; those passed on to it belong
/// to the asset they come from.
/// </summary>
internal sealed class TagRules(PlanningScope scope, DraftSet drafts)
{
    private static readonly ImmutableArray<string> Untaggable = ["AtlasGlossary", "AtlasGlossaryCategory", "DataDomain"];

    public void Apply(IEnumerable<NormalizedTags> statements)
    {
        foreach (var statement in statements)
        {
            var draft = drafts.For(statement.Asset, statement.Path);
            var tags = (draft.Tags ?? draft.StateBefore.Tags).ToDictionary(tag => tag.Key);
            CheckNotEmpty(statement);
            var kept = new HashSet<TagKey>();
            foreach (var said in statement.Tags)
            {
                Apply(statement, said, tags);
                kept.Add(new TagKey(said.Type.Id, statement.Asset.Guid));
            }

            if (statement.Action == TagAction.Replace)
            {
                foreach (var key in tags.Keys.Where(key => key.Source == statement.Asset.Guid && !kept.Contains(key)).ToList())
                {
                    tags.Remove(key);
                }
            }

            draft.Tags = [.. tags.Values.OrderBy(tag => tag.Key)];
        }
    }

    private void CheckNotEmpty(NormalizedTags statement)
    {
        if (statement.Action is TagAction.Attach or TagAction.Update or TagAction.Remove && statement.Tags.IsEmpty)
        {
            scope.Report(ErrorCodes.InvalidTagRequest, statement.Path, "no tag is given", statement.RequestGuid);
        }
    }

    private void Apply(NormalizedTags statement, NormalizedTag said, Dictionary<TagKey, AssetTag> tags)
    {
        var asset = statement.Asset;
        var own = new TagKey(said.Type.Id, asset.Guid);
        if (said.Source is { } source)
        {
            ApplyPassedOn(statement, said, tags.GetValueOrDefault(new TagKey(said.Type.Id, source)));
            return;
        }

        switch (statement.Action)
        {
            case TagAction.Attach when tags.ContainsKey(own):
                Report(ErrorCodes.InvalidParameters, statement, said, $"asset {asset.Guid} already has classification {said.Type.Name}");
                break;
            case TagAction.Update or TagAction.Remove when !tags.ContainsKey(own):
                ReportMissing(statement, said, tags.Keys.Any(key => key.TypeId == said.Type.Id));
                break;
            case TagAction.Remove or TagAction.Drop:
                tags.Remove(own);
                break;
            default:
                if (MayHave(statement, said))
                {
                    tags[own] = Put(statement, said, tags.GetValueOrDefault(own), own);
                }

                break;
        }
    }

    /// <summary>A tag as a reader was given it may be sent back; but it is changed where it comes from.</summary>
    private void ApplyPassedOn(NormalizedTags statement, NormalizedTag said, AssetTag? stored)
    {
        if (statement.Action is TagAction.Remove)
        {
            ReportMissing(statement, said, stored is not null);
        }
        else if (statement.Action is TagAction.Attach or TagAction.Update
            || (statement.Action == TagAction.Put && (stored is null || Put(statement, said, stored, stored.Key) != stored)))
        {
            Report(ErrorCodes.PassedOnTagUpdate, statement, said, $"classification {said.Type.Name} comes from asset {said.Source} and is changed there");
        }
    }

    private void ReportMissing(NormalizedTags statement, NormalizedTag said, bool isPassedOn)
    {
        if (!isPassedOn)
        {
            Report(ErrorCodes.TagNotAttached, statement, said, $"Classification {said.Type.Name} is not associated with entity");
        }
        else if (statement.Action == TagAction.Update)
        {
            Report(ErrorCodes.PassedOnTagUpdate, statement, said, $"classification {said.Type.Name} is passed on to the asset and is changed where it comes from");
        }
        else
        {
            Report(ErrorCodes.PassedOnTagRemoval, statement, said, $"classification {said.Type.Name} is passed on to the asset and is removed where it comes from");
        }
    }

    private bool MayHave(NormalizedTags statement, NormalizedTag said)
    {
        var type = statement.Asset.Type;
        if (Untaggable.Any(type.Is))
        {
            Report(ErrorCodes.OperationNotSupported, statement, said, $"Operation not supported: assets of type {type.Name} have no tags");
            return false;
        }

        if (!said.Type.AppliesTo(type))
        {
            Report(ErrorCodes.TagNotAllowed, statement, said, $"assets of type {type.Name} may not have classification {said.Type.Name}");
            return false;
        }

        return true;
    }

    private AssetTag Put(NormalizedTags statement, NormalizedTag said, AssetTag? stored, TagKey key)
    {
        var before = stored ?? new AssetTag(key.TypeId, key.Source) { Propagate = true, RemovePropagationsOnEntityDelete = true };
        var flags = said.Flags;
        var after = before with
        {
            Propagate = flags.Propagate ?? before.Propagate,
            RemovePropagationsOnEntityDelete = flags.RemovePropagationsOnEntityDelete ?? before.RemovePropagationsOnEntityDelete,
            RestrictPropagationThroughLineage = flags.RestrictPropagationThroughLineage ?? before.RestrictPropagationThroughLineage,
            RestrictPropagationThroughHierarchy = flags.RestrictPropagationThroughHierarchy ?? before.RestrictPropagationThroughHierarchy,
            Attributes = AttributesOf(statement, said, stored),
            ValidityPeriods = said.ValidityPeriods ?? before.ValidityPeriods,
        };
        if (after is { RestrictPropagationThroughLineage: true, RestrictPropagationThroughHierarchy: true })
        {
            Report(ErrorCodes.InvalidPropagation, statement, said, "a tag may be kept from lineage or from hierarchy, not from both: then do not pass it on at all");
        }

        return after;
    }

    private ImmutableArray<AttributeValue> AttributesOf(NormalizedTags statement, NormalizedTag said, AssetTag? stored)
    {
        var values = (stored?.Attributes ?? []).ToDictionary(attribute => attribute.AttributeId, attribute => attribute.Value);
        foreach (var attribute in said.Type.Attributes)
        {
            var isSaid = said.Attributes is not null && said.Attributes.ContainsKey(attribute);
            var value = isSaid ? said.Attributes![attribute] ?? attribute.Default : stored is null ? attribute.Default : null;
            if (value is { } given)
            {
                values[attribute.Id] = given;
            }
            else if (isSaid)
            {
                values.Remove(attribute.Id);
            }

            if (!attribute.Definition.IsOptional && !values.ContainsKey(attribute.Id))
            {
                scope.Report(
                    ErrorCodes.InvalidAttributes,
                    $"{said.Path}.attributes.{attribute.Name}",
                    $"{said.Type.Name}.{attribute.Name}: mandatory attribute value missing in type {said.Type.Name}",
                    statement.RequestGuid);
            }
        }

        return [.. values.OrderBy(entry => entry.Key).Select(entry => new AttributeValue(entry.Key, entry.Value))];
    }

    private void Report(ErrorCode code, NormalizedTags statement, NormalizedTag said, string message) =>
        scope.Report(code, said.Path, message, statement.RequestGuid);
}
