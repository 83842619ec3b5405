using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Derive.Rules;
using Cartulary.Core.Save.Normalize;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Third stage: works out all states and edges after the save, with what the types add of their own. It comes before the
/// comparison, so that nothing derived can look like a difference.
/// </summary>
internal static class Deriver
{
    /// <summary>The derived batch; null when problems were reported.</summary>
    public static async ValueTask<DerivedBatch?> DeriveAsync(PlanningScope scope, NormalizedBatch batch, CancellationToken cancellationToken)
    {
        var resolved = batch.Resolved;
        var drafts = new DraftSet();
        foreach (var asset in batch.Assets)
        {
            var draft = drafts.For(asset.Asset, asset.Path);
            draft.Said = asset.Attributes;
            draft.Labels = asset.Labels;
            draft.CustomAttributes = asset.CustomAttributes;
            Companions.Apply(draft, asset.Attributes, scope.Context.Actor);
            Starring.Apply(draft, asset.Starred, scope.Context.Actor);
            MetadataStatements.Apply(draft, asset.CustomMetadata);
        }

        new EdgeApplier(scope, resolved.Pool, resolved.Edges).Apply(batch.Edges);
        await LoadEndsAsync(scope, resolved, cancellationToken);
        CheckMandatoryEnds(scope, resolved);
        var rules = new RuleStage(scope, resolved, drafts);
        await rules.ApplyAsync(cancellationToken);
        CheckUniqueValues(scope, resolved, drafts);
        var lineage = new LineageFlags(scope, resolved, drafts);
        await lineage.ApplyAsync(cancellationToken);
        new TagRules(scope, drafts).Apply(batch.Tags);
        var tagWork = scope.HasProblems ? [] : await new TagSpread(scope, resolved, drafts).ApplyAsync(cancellationToken);
        MarkDrafted(scope, drafts);
        new DeletionGuard(scope, resolved, drafts).Check();
        return scope.HasProblems
            ? null
            : new DerivedBatch(
                [.. drafts.All.Select(draft => draft.Finish())],
                resolved.Edges,
                resolved.Pool,
                resolved.Archived,
                resolved.Restored,
                lineage.Causes,
                resolved.GuidAssignments)
            {
                TagWork = tagWork,
                Followed = rules.Causes,
                Job = resolved.Job,
            };
    }

    /// <summary>A state is written whole, so it relies on the one it was worked out of, whoever began it and why.</summary>
    private static void MarkDrafted(PlanningScope scope, DraftSet drafts)
    {
        foreach (var draft in drafts.All.Where(draft => !draft.Asset.IsNew))
        {
            scope.RelyOn(ConflictMarks.State(draft.Asset.Guid));
        }
    }

    /// <summary>Both ends of an edge that changes are part of the save: an old parent, a neighbour of an archived asset.</summary>
    private static async ValueTask LoadEndsAsync(PlanningScope scope, ResolvedBatch batch, CancellationToken cancellationToken)
    {
        var missing = new List<AssetId>();
        foreach (var entry in batch.Edges.All)
        {
            if (entry.Stored is { } stored && (entry.IsClosed || entry.AttributesChange))
            {
                foreach (var end in new[] { stored.End1, stored.End2 })
                {
                    missing.Add(end.Id);
                    scope.RelyOn(ConflictMarks.Life(end.Guid));
                    scope.RelyOn(ConflictMarks.Name(end.Guid));
                }
            }
        }

        await batch.Pool.LoadAsync(missing, cancellationToken);
    }

    /// <summary>A part that cannot be without its owner may move to another one, but not leave for none.</summary>
    private static void CheckMandatoryEnds(PlanningScope scope, ResolvedBatch batch)
    {
        foreach (var entry in batch.Edges.All.Where(entry => entry.IsClosed))
        {
            foreach (var (end, part) in new[] { (entry.Relationship.End1, entry.End1), (entry.Relationship.End2, entry.End2) })
            {
                if (end.IsMandatory
                    && !scope.Withheld.HoldsPart(part)
                    && batch.Pool.Find(part) is not { StatusAfter: AssetStatus.Purged }
                    && !batch.Edges.RecordedAt(end, part).Any())
                {
                    scope.Report(
                        ErrorCodes.InvalidAttributes,
                        entry.EndedAt is { Length: > 0 } place ? place : end.Name,
                        $"{end}: asset {part} would be left without its mandatory {end.Name}",
                        part.ToString("D"));
                }
            }
        }
    }

    /// <summary>A unique value may be held by one asset of exactly the type.</summary>
    private static void CheckUniqueValues(PlanningScope scope, ResolvedBatch batch, DraftSet drafts)
    {
        var taken = new Dictionary<(int Type, AssetKey Key), BatchAsset>();
        foreach (var draft in drafts.All)
        {
            var type = draft.Asset.Type;
            foreach (var attribute in type.UniqueAttributes)
            {
                if (draft.Get(attribute) is not { } value || value.AsText() is not { } text || value == draft.Before(attribute))
                {
                    continue;
                }

                var key = new AssetKey(attribute.Id, text);
                var heldByStored = batch.KeyMatches[key].Any(match =>
                    match.TypeId == type.Id && match.Asset != draft.Asset.Id && !IsWithheld(scope, batch, match.Asset) && !LosesKey(batch, drafts, match.Asset, attribute, value));
                if (heldByStored || !taken.TryAdd((type.Id, key), draft.Asset))
                {
                    scope.Report(ErrorCodes.NameTaken, $"{draft.Path}.attributes.{attribute.Name}", $"{type.Name} with name {text} already exists", draft.Asset.RequestGuid);
                }
            }
        }
    }

    private static bool IsWithheld(PlanningScope scope, ResolvedBatch batch, AssetId holder) =>
        batch.Pool.Find(holder) is { } asset && scope.Withheld.Holds(asset.Guid);

    private static bool LosesKey(ResolvedBatch batch, DraftSet drafts, AssetId holder, Types.AssetAttribute attribute, CanonicalValue value) =>
        batch.Pool.Find(holder) is { } asset && drafts.Find(asset) is { } draft && draft.Get(attribute) != value;
}
