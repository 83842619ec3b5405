using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>Runs the rules of all types that take part in a save; the order is in the README beside it.</summary>
internal sealed class RuleStage(PlanningScope scope, ResolvedBatch batch, DraftSet drafts)
{
    private readonly RuleDesk _desk = new(scope, batch, drafts);

    /// <summary>For each asset that follows another one, which one and by which relationship.</summary>
    public IReadOnlyDictionary<Guid, DerivedCause> Causes => _desk.Causes;

    public async ValueTask ApplyAsync(CancellationToken cancellationToken)
    {
        BeginDrafts();
        await LoadAsync(Ends(drafts.All.Select(draft => draft.Asset)).Concat(Lists()), cancellationToken);
        await LoadOwnersAsync(drafts.All, cancellationToken);
        await LoadMentionedAsync(cancellationToken);
        foreach (var draft in drafts.All.Where(IsThere))
        {
            foreach (var rules in RuleBook.For(draft.Asset.Type).Rules)
            {
                rules.Check(_desk, draft);
            }
        }

        CheckTrees();
        if (scope.HasProblems)
        {
            return;
        }

        await new NamingStage(_desk, LoadFollowersAsync).ApplyAsync(cancellationToken);
        foreach (var draft in drafts.All.Where(IsThere).ToList())
        {
            foreach (var rules in RuleBook.For(draft.Asset.Type).Rules)
            {
                rules.Finish(_desk, draft);
            }
        }

        await new SiblingClaims(_desk).ApplyAsync(cancellationToken);
    }

    /// <summary>Of a purged asset the keys have to be known that it loses; no rule is about it any more.</summary>
    private static bool IsThere(StateDraft draft) => draft.Asset.StatusAfter != AssetStatus.Purged;

    /// <summary>An asset takes part when its status changes, or an edge that its rules look at.</summary>
    private void BeginDrafts()
    {
        foreach (var step in batch.Restored.Concat(batch.Archived).Where(step => RuleBook.For(step.Asset.Type).Names is not null))
        {
            drafts.For(step.Asset);
        }

        foreach (var entry in batch.Edges.All)
        {
            var (one, two) = (_desk.Find(entry.End1), _desk.Find(entry.End2));
            var moves = entry.IsOpened || entry.IsClosed;
            var changes = moves || one is { StatusChanges: true } || two is { StatusChanges: true };
            if (changes)
            {
                Begin(one, entry.Relationship.End1, moves);
                Begin(two, entry.Relationship.End2, moves);
            }
        }
    }

    private void Begin(BatchAsset? asset, EndAttribute end, bool moves)
    {
        if (asset is not null && RuleBook.For(asset.Type) is var set && ((moves && set.Ends.Contains(end.Name)) || set.Lists.Contains(end.Name)))
        {
            drafts.For(asset);
        }
    }

    private static IEnumerable<(BatchAsset Asset, EndAttribute End)> Ends(IEnumerable<BatchAsset> assets) =>
        assets.SelectMany(asset => RuleBook.For(asset.Type).Ends.SelectMany(name => asset.Type.EndsNamed(name)).Select(end => (asset, end)));

    /// <summary>Lists of which a member comes, goes, or changes its status.</summary>
    private IEnumerable<(BatchAsset Asset, EndAttribute End)> Lists() =>
        from draft in drafts.All
        from name in RuleBook.For(draft.Asset.Type).Lists
        where _desk.EntriesAt(draft.Asset, name).Any()
        from end in draft.Asset.Type.EndsNamed(name)
        select (draft.Asset, end);

    private async ValueTask LoadAsync(IEnumerable<(BatchAsset Asset, EndAttribute End)> wanted, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<EndKey, Guid>();
        foreach (var (asset, end) in wanted)
        {
            EdgeQueries.AddEnd(ends, asset, end);
        }

        var edges = (await scope.EdgesAtAsync(ends, cancellationToken)).ToList();
        batch.Edges.Add(edges);
        await batch.Pool.LoadAsync(edges.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }), cancellationToken);
    }

    /// <summary>Where an asset gets another owner, all that stand above it have to be known: one read for each level.</summary>
    private async ValueTask LoadOwnersAsync(IEnumerable<StateDraft> moving, CancellationToken cancellationToken)
    {
        var seen = drafts.All.Select(draft => draft.Asset).ToHashSet();
        var level = moving.Select(draft => draft.Asset).Where(asset => RuleBook.For(asset.Type).Ends.Any(end => _desk.PartnerChanges(asset, end))).ToList();
        while (level.Count > 0)
        {
            level =
            [
                .. Ends(level)
                    .SelectMany(place => batch.Edges.At(place.End, place.Asset.Guid).Select(entry => _desk.Find(entry.Other(place.Asset.Guid))))
                    .OfType<BatchAsset>()
                    .Where(asset => RuleBook.For(asset.Type).Ends.Count > 0 && seen.Add(asset)),
            ];
            await LoadAsync(Ends(level), cancellationToken);
        }
    }

    /// <summary>The partners that follow assets whose names change, each with the ends that its rules look at.</summary>
    private async ValueTask<List<(BatchAsset Mover, EdgeEntry Entry, BatchAsset Child)>> LoadFollowersAsync(
        IReadOnlyList<BatchAsset> movers, CancellationToken cancellationToken)
    {
        var places = movers.SelectMany(mover => RuleBook.For(mover.Type).Names!.ChildEnds.SelectMany(name => mover.Type.EndsNamed(name)).Select(end => (Asset: mover, End: end))).ToList();
        await LoadAsync(places, cancellationToken);
        var followers = places
            .SelectMany(place => batch.Edges.RecordedAt(place.End, place.Asset.Guid).Select(entry => (place.Asset, entry, _desk.Find(entry.Other(place.Asset.Guid))!)))
            .ToList();
        var added = followers.Select(follower => follower.Item3).Where(child => drafts.Find(child) is null).ToList();
        await LoadAsync(Ends(added), cancellationToken);
        foreach (var child in added)
        {
            drafts.For(child);
        }

        var owners = Ends(added).SelectMany(place => batch.Edges.At(place.End, place.Asset.Guid)).SelectMany(entry => new[] { _desk.Find(entry.End1), _desk.Find(entry.End2) });
        await LoadAsync(Ends(owners.OfType<BatchAsset>().Distinct()), cancellationToken);
        return followers;
    }

    private async ValueTask LoadMentionedAsync(CancellationToken cancellationToken)
    {
        var guids = drafts.All.SelectMany(draft => RuleBook.For(draft.Asset.Type).Rules.SelectMany(rules => rules.Mentions(draft))).ToHashSet();
        var found = await scope.FindByGuidAsync(guids, cancellationToken);
        await batch.Pool.LoadAsync(found.Values, cancellationToken);
        foreach (var guid in found.Keys)
        {
            scope.RelyOn(ConflictMarks.Life(guid));
        }
    }

    private void CheckTrees()
    {
        foreach (var draft in drafts.All)
        {
            if (RuleBook.For(draft.Asset.Type).Names?.TreeEnd is { } end && _desk.PartnerChanges(draft.Asset, end) && StandsAboveItself(draft.Asset, end))
            {
                _desk.Report(ErrorCodes.BadRequest, draft, $"relationshipAttributes.{end}", $"{draft.Asset.Type.Name} {draft.Asset.Guid} would stand above itself");
            }
        }
    }

    private bool StandsAboveItself(BatchAsset asset, string end)
    {
        var seen = new HashSet<BatchAsset>();
        for (var above = _desk.PartnerAt(asset, end); above is not null && seen.Add(above); above = _desk.PartnerAt(above, end))
        {
            if (above == asset)
            {
                return true;
            }
        }

        return false;
    }
}
