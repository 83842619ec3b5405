using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Glossaries and terms: names are trimmed and unique among those in use (a term's within its glossary), and qualified names
/// are made here: a random name for a glossary, and for a term a random name, an at sign and the glossary's.
/// </summary>
internal sealed class GlossaryRules(PlanningScope scope, ResolvedBatch batch, DraftSet drafts)
{
    private readonly List<(BatchAsset Asset, AssetKey Key, ErrorCode Taken, string What, string Path)> _claims = [];

    public async ValueTask ApplyAsync(CancellationToken cancellationToken)
    {
        await LoadAnchorsAsync(cancellationToken);
        foreach (var draft in DraftsOf(ServerNames.Glossary))
        {
            Prepare(draft, scope.Ids.NewName);
            Claim(draft, KeyOfGlossary(draft), ErrorCodes.GlossaryExists, "Glossary", StartsToCount(draft));
        }

        foreach (var draft in DraftsOf(ServerNames.Term))
        {
            var anchor = AnchorOf(draft.Asset);
            if (anchor is null)
            {
                continue;
            }

            var glossaryName = QualifiedNameOf(anchor);
            Prepare(draft, () => $"{scope.Ids.NewName()}@{glossaryName}");
            FollowGlossary(draft, glossaryName);
            Claim(draft, KeyOfTerm(draft, anchor), ErrorCodes.TermExists, "Term", StartsToCount(draft) || AnchorChanges(draft.Asset));
        }

        await CheckClaimsAsync(cancellationToken);
    }

    /// <summary>The derived key under which a glossary or term is found by name; null for other types.</summary>
    public static AssetKey? NameKey(BatchAsset asset, string? name, Guid? glossary)
    {
        if (name is null)
        {
            return null;
        }

        if (asset.Type.Is(ServerNames.Glossary))
        {
            return new AssetKey(DerivedKeys.GlossaryName, name);
        }

        return asset.Type.Is(ServerNames.Term) && glossary is { } anchor ? new AssetKey(DerivedKeys.TermName, $"{anchor:D}/{name}") : null;
    }

    /// <summary>The glossary of a term as recorded after the save, or before it.</summary>
    public static Guid? AnchorGuid(EdgeBook edges, BatchAsset term, bool after)
    {
        var end = AnchorEnd(term.Type);
        var entry = end is null ? null : edges.At(end, term.Guid).FirstOrDefault(entry => after ? entry.IsRecorded : entry.Stored is not null);
        return entry?.Other(term.Guid);
    }

    private IEnumerable<StateDraft> DraftsOf(string typeName) => drafts.All.Where(draft => draft.Asset.Type.Is(typeName)).ToList();

    /// <summary>A stored term's glossary is not always part of the request; restored terms claim their names too.</summary>
    private async ValueTask LoadAnchorsAsync(CancellationToken cancellationToken)
    {
        foreach (var step in batch.Restored.Concat(batch.Archived).Where(step => ServerNames.AreMadeFor(step.Asset.Type)))
        {
            drafts.For(step.Asset);
        }

        foreach (var entry in batch.Edges.All.Where(entry => entry.IsOpened || entry.IsClosed).ToList())
        {
            foreach (var term in new[] { batch.Pool.Find(entry.End1), batch.Pool.Find(entry.End2) }.OfType<BatchAsset>())
            {
                if (term.Type.Is(ServerNames.Term) && AnchorEnd(term.Type)?.Relationship == entry.Relationship)
                {
                    drafts.For(term);
                }
            }
        }

        var ends = new Dictionary<EndKey, Guid>();
        foreach (var draft in DraftsOf(ServerNames.Term))
        {
            EdgeQueries.AddEnd(ends, draft.Asset, AnchorEnd(draft.Asset.Type)!);
        }

        var anchors = (await scope.EdgesAtAsync(ends, cancellationToken)).ToList();
        batch.Edges.Add(anchors);
        await batch.Pool.LoadAsync(anchors.Select(edge => edge.End1.Id).Concat(anchors.Select(edge => edge.End2.Id)), cancellationToken);
    }

    private void Prepare(StateDraft draft, Func<string> newQualifiedName)
    {
        var type = draft.Asset.Type;
        var name = type.Attribute("name")!;
        if (draft.Get(name) is { } value && value != draft.Before(name))
        {
            var text = value.AsText()!.Trim();
            draft.Set(name, CanonicalValue.FromText(text));
            if (text.Length == 0 || text.Contains('@', StringComparison.Ordinal))
            {
                scope.Report(ErrorCodes.InvalidName, $"{draft.Path}.attributes.name", "name must not be empty and cannot contain following special chars ('@')", draft.Asset.RequestGuid);
            }
        }

        if (draft.Asset.IsNew)
        {
            draft.Set(type.Attribute("qualifiedName")!, CanonicalValue.FromText(newQualifiedName()));
        }
    }

    /// <summary>A term that moves to another glossary keeps its own part of the name.</summary>
    private static void FollowGlossary(StateDraft draft, string glossaryName)
    {
        if (draft.Text("qualifiedName") is { } current && current.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at && current[(at + 1)..] != glossaryName)
        {
            draft.Set(draft.Asset.Type.Attribute("qualifiedName")!, CanonicalValue.FromText($"{current[..at]}@{glossaryName}"));
        }
    }

    private static bool StartsToCount(StateDraft draft)
    {
        var name = draft.Asset.Type.Attribute("name")!;
        return draft.Asset.IsNew || draft.Asset.StatusChanges || draft.Get(name) != draft.Before(name);
    }

    private void Claim(StateDraft draft, AssetKey? key, ErrorCode taken, string what, bool isNew)
    {
        if (isNew && key is { } claimed && draft.Asset.StatusAfter == AssetStatus.Active)
        {
            _claims.Add((draft.Asset, claimed, taken, what, draft.Path));
        }
    }

    private async ValueTask CheckClaimsAsync(CancellationToken cancellationToken)
    {
        var matches = await scope.FindByKeyAsync(_claims.Select(claim => claim.Key).ToHashSet(), cancellationToken);
        await batch.Pool.LoadAsync(matches.Select(match => match.Asset), cancellationToken);
        var holders = matches.ToLookup(match => match.Key, match => batch.Pool.Find(match.Asset)!);
        var claimed = new HashSet<AssetKey>();
        foreach (var (asset, key, taken, what, path) in _claims)
        {
            if (!claimed.Add(key) || holders[key].Any(holder => holder != asset && StillHolds(holder, key)))
            {
                scope.Report(taken, $"{path}.attributes.name", $"{what} with name {drafts.Find(asset)?.Text("name")} already exists", asset.RequestGuid);
            }
        }
    }

    private bool StillHolds(BatchAsset holder, AssetKey key)
    {
        if (holder.StatusAfter != AssetStatus.Active)
        {
            return false;
        }

        return drafts.Find(holder) is not { } draft || (holder.Type.Is(ServerNames.Glossary) ? KeyOfGlossary(draft) : KeyOfTerm(draft, AnchorOf(holder))) == key;
    }

    private static AssetKey? KeyOfGlossary(StateDraft draft) => NameKey(draft.Asset, draft.Text("name"), null);

    private static AssetKey? KeyOfTerm(StateDraft draft, BatchAsset? anchor) => NameKey(draft.Asset, draft.Text("name"), anchor?.Guid);

    private BatchAsset? AnchorOf(BatchAsset term) => AnchorGuid(batch.Edges, term, after: true) is { } guid ? batch.Pool.Find(guid) : null;

    private bool AnchorChanges(BatchAsset term) => AnchorGuid(batch.Edges, term, after: true) != AnchorGuid(batch.Edges, term, after: false);

    private string QualifiedNameOf(BatchAsset glossary) =>
        drafts.Find(glossary)?.Text("qualifiedName") ?? glossary.Stored?.Text(glossary.Type.Attribute("qualifiedName")) ?? "";

    private static EndAttribute? AnchorEnd(EntityType type)
    {
        var ends = type.EndsNamed("anchor");
        return ends.IsEmpty ? null : ends[0];
    }
}
