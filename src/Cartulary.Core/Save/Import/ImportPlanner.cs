using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Derive;
using Cartulary.Core.Save.Derive.Rules;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Record;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Import;

/// <summary>
/// Plans the creation of assets exactly as a file has them: with their guids, names and tags, without anything that the rules of
/// types would add. What must hold of a catalog is checked as for any save: unique names, ends that fit, one partner where there
/// may be one; and the events are told by the same stages. An asset that is there as in the file is passed over, and one that is
/// there otherwise is refused.
/// </summary>
/// <param name="scope">The planning.</param>
/// <param name="isTrial">Whether nothing is done: then partners may be missing, which other requests would bring.</param>
internal sealed class ImportPlanner(PlanningScope scope, bool isTrial)
{
    private readonly AssetPool _pool = new(scope);
    private readonly EdgeBook _edges = new(scope.Registry);
    private readonly DraftSet _drafts = new();

    /// <summary>Plans the assets of a request.</summary>
    /// <returns>The plan, and how many assets are there already.</returns>
    public async ValueTask<(PlanOutcome Outcome, int Known)> PlanAsync(ImmutableArray<JsonElement> lines, CancellationToken cancellationToken)
    {
        var reader = new ImportReader(scope);
        ImmutableArray<ImportedAsset> assets = [.. lines.Select((line, place) => reader.Read(line, $"assets[{place}]")).OfType<ImportedAsset>()];
        foreach (var twice in assets.GroupBy(asset => asset.Guid).SelectMany(group => group.Skip(1)))
        {
            Refuse(ErrorCodes.NameTaken, twice, "guid", $"asset {twice.Guid} is in the request twice");
        }

        if (scope.HasProblems)
        {
            return (scope.Rejection, 0);
        }

        await LoadAsync(assets, cancellationToken);
        var known = assets.Where(asset => _pool.Find(asset.Guid) is not null).ToList();
        ImmutableArray<ImportedAsset> added = [.. assets.Where(asset => _pool.Find(asset.Guid) is null)];
        await CheckKnownAsync(known, cancellationToken);
        Create(added);
        await LinkAsync(added, cancellationToken);
        var matches = await CheckNamesAsync(added, cancellationToken);
        if (!scope.HasProblems)
        {
            await ClaimAsync(added, matches, cancellationToken);
        }

        return (scope.HasProblems ? scope.Rejection : Record(added), known.Count);
    }

    private void Refuse(ErrorCode code, ImportedAsset asset, string member, string message) =>
        scope.Report(code, $"{asset.Path}.{member}", message, asset.Guid.ToString("D"));

    /// <summary>Loads what is there of the assets and of those that their edges name; guids of purged assets are never used again.</summary>
    private async ValueTask LoadAsync(ImmutableArray<ImportedAsset> assets, CancellationToken cancellationToken)
    {
        var guids = assets.SelectMany(asset => asset.Edges.Select(edge => edge.Other).Append(asset.Guid)).ToHashSet();
        var found = await scope.FindByGuidAsync(guids, cancellationToken);
        await _pool.LoadAsync(found.Values, cancellationToken);
        foreach (var guid in guids)
        {
            scope.RelyOn(ConflictMarks.Life(guid));
            scope.RelyOn(ConflictMarks.Name(guid));
            scope.RelyOn(ConflictMarks.Version(guid));
        }

        var missing = assets.Where(asset => !found.ContainsKey(asset.Guid)).ToDictionary(asset => asset.Guid);
        foreach (var gone in (await scope.FindPurgedAsync(missing.Keys, cancellationToken)).Keys)
        {
            Refuse(ErrorCodes.NameTaken, missing[gone], "guid", $"the guid {gone} is that of a purged asset, and is never used again");
        }
    }

    /// <summary>What is there must be there as in the file; only its archiving may still be to come.</summary>
    private async ValueTask CheckKnownAsync(List<ImportedAsset> known, CancellationToken cancellationToken)
    {
        var pairs = new Dictionary<EdgeKey, (Guid, Guid)>();
        foreach (var asset in known)
        {
            foreach (var edge in asset.Edges.Where(edge => _pool.Find(edge.Other) is not null))
            {
                EdgeQueries.AddPair(pairs, _pool.Find(asset.Guid)!, edge.End, _pool.Find(edge.Other)!);
            }
        }

        _edges.Add(await scope.EdgesBetweenAsync(pairs, cancellationToken));
        foreach (var asset in known)
        {
            var stored = _pool.Find(asset.Guid)!;
            scope.RelyOn(ConflictMarks.State(asset.Guid));
            if (stored.Type != asset.Type
                || !stored.Stored!.State.Equals(asset.State)
                || (stored.StatusBefore == AssetStatus.Deleted && !asset.IsArchived)
                || !asset.Edges.All(edge => _edges.Find(edge.End, asset.Guid, edge.Other) is { IsRecorded: true } there && there.Attributes.Equals(edge.Attributes)))
            {
                Refuse(ErrorCodes.ImportDiffers, asset, "guid", $"asset {asset.Guid} is there already, and otherwise than in the file");
            }
        }
    }

    private void Create(ImmutableArray<ImportedAsset> added)
    {
        foreach (var (imported, order) in added.Select((asset, order) => (asset, order)))
        {
            var asset = _pool.AddNew(imported.Guid, imported.Type);
            asset.Order = order;
            asset.RequestGuid = imported.Guid.ToString("D");
            var draft = _drafts.For(asset, imported.Path);
            foreach (var (id, value) in imported.State.Attributes)
            {
                draft.Set(scope.Registry.Attribute(id), value);
            }

            CheckJobs(imported);
        }
    }

    private void CheckJobs(ImportedAsset asset)
    {
        foreach (var deletion in scope.Registry.Settings.Deletions.Where(deletion => deletion.Covers(asset.Type, asset.State)))
        {
            Refuse(ErrorCodes.BeingDeleted, asset, "guid", $"asset {asset.Guid} belongs to {deletion.Connection}, which job {deletion.Job} is deleting: see /api/jobs/{deletion.Job}");
        }
    }

    private async ValueTask LinkAsync(ImmutableArray<ImportedAsset> added, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<EndKey, Guid>();
        foreach (var asset in added)
        {
            foreach (var edge in asset.Edges)
            {
                Link(asset, edge);
                if (_pool.Find(edge.Other) is { IsNew: false } partner && !edge.End.Inverse.IsMany)
                {
                    EdgeQueries.AddEnd(ends, partner, edge.End.Inverse);
                }
            }
        }

        var stored = (await scope.EdgesAtAsync(ends, cancellationToken)).ToList();
        _edges.Add(stored);
        await _pool.LoadAsync(stored.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }), cancellationToken);
        foreach (var asset in added)
        {
            foreach (var edge in asset.Edges)
            {
                CheckSlot(edge.End, asset.Guid, asset, edge);
                CheckSlot(edge.End.Inverse, edge.Other, asset, edge);
            }
        }
    }

    private void Link(ImportedAsset asset, ImportedEdge edge)
    {
        if (_pool.Find(edge.Other) is not { } partner)
        {
            if (!isTrial)
            {
                scope.Report(ErrorCodes.ReferenceNotFound, edge.Path, $"Referenced entity {edge.Other} is not found", asset.Guid.ToString("D"));
            }

            return;
        }

        if (!partner.Type.Is(edge.End.OtherTypeName) || edge.Other == asset.Guid)
        {
            scope.Report(ErrorCodes.UnfitEnds, edge.Path, $"{edge.End} cannot be joined to asset {edge.Other} of type {partner.Type.Name}", asset.Guid.ToString("D"));
            return;
        }

        var entry = _edges.FindOrMake(edge.End, asset.Guid, edge.Other);
        if (entry.IsRecorded)
        {
            scope.Report(ErrorCodes.RelationshipGivenTwice, edge.Path, "this relationship is given twice", asset.Guid.ToString("D"));
        }

        entry.IsRecorded = true;
        entry.Attributes = edge.Attributes;
    }

    private void CheckSlot(EndAttribute end, Guid owner, ImportedAsset asset, ImportedEdge edge)
    {
        if (!end.IsMany && _edges.RecordedAt(end, owner).Skip(1).Any())
        {
            scope.Report(ErrorCodes.RelationshipExists, edge.Path, $"{end} of asset {owner} can have one partner only", asset.Guid.ToString("D"));
        }
    }

    private async ValueTask<ImmutableArray<KeyMatch>> CheckNamesAsync(ImmutableArray<ImportedAsset> added, CancellationToken cancellationToken)
    {
        var names = added
            .SelectMany(asset => asset.Type.UniqueAttributes.Select(attribute => (Asset: asset, Attribute: attribute, Text: asset.State.Find(attribute.Id)?.AsText())))
            .Where(name => name.Text is not null)
            .Select(name => (name.Asset, name.Attribute, Key: new AssetKey(name.Attribute.Id, name.Text!)))
            .ToList();
        var matches = await scope.FindByKeyAsync(names.Select(name => name.Key).ToHashSet(), cancellationToken);
        var taken = matches.Select(match => (match.TypeId, match.Key)).ToHashSet();
        foreach (var (asset, attribute, key) in names)
        {
            if (!taken.Add((asset.Type.Id, key)))
            {
                Refuse(ErrorCodes.NameTaken, asset, $"attributes.{attribute.Name}", $"{asset.Type.Name} with name {key.Value} already exists");
            }
        }

        return matches;
    }

    /// <summary>Names among siblings, of new assets and of those that get an owner by an edge of theirs.</summary>
    private async ValueTask ClaimAsync(ImmutableArray<ImportedAsset> added, ImmutableArray<KeyMatch> matches, CancellationToken cancellationToken)
    {
        foreach (var partner in added.SelectMany(asset => asset.Edges).Select(edge => _pool.Find(edge.Other)).OfType<BatchAsset>().Where(asset => !asset.IsNew && RuleBook.For(asset.Type).Names is not null))
        {
            _drafts.For(partner);
        }

        var ends = new Dictionary<EndKey, Guid>();
        foreach (var asset in _drafts.All.Select(draft => draft.Asset))
        {
            foreach (var end in RuleBook.For(asset.Type).Ends.SelectMany(name => asset.Type.EndsNamed(name)))
            {
                EdgeQueries.AddEnd(ends, asset, end);
            }
        }

        var stored = (await scope.EdgesAtAsync(ends, cancellationToken)).ToList();
        _edges.Add(stored);
        await _pool.LoadAsync(stored.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }), cancellationToken);
        foreach (var asset in added.Where(asset => asset.IsArchived))
        {
            // An archived asset does not keep its name from others, although it is archived by a later commit only.
            _pool.Find(asset.Guid)!.StatusAfter = AssetStatus.Deleted;
        }

        var batch = new ResolvedBatch
        {
            Kind = RequestKind.Full,
            Assets = [],
            Pool = _pool,
            EdgeStatements = [],
            Edges = _edges,
            Manner = default,
            TagCalls = [],
            Archived = [],
            Restored = [],
            KeyMatches = matches.ToLookup(match => match.Key),
            GuidAssignments = [],
        };
        await new SiblingClaims(new RuleDesk(scope, batch, _drafts)).ApplyAsync(cancellationToken);
        foreach (var asset in added)
        {
            _pool.Find(asset.Guid)!.StatusAfter = AssetStatus.Active;
        }
    }

    private PlanOutcome Record(ImmutableArray<ImportedAsset> added)
    {
        var exact = added.ToDictionary(asset => asset.Guid);
        var derived = _drafts.All.Select(draft => exact.TryGetValue(draft.Asset.Guid, out var imported)
            ? new DerivedAsset(draft.Asset, imported.State, ImmutableHashSet<int>.Empty, imported.Path) { SiblingKeys = draft.SiblingKeys }
            : draft.Finish());
        var batch = new DerivedBatch([.. derived], _edges, _pool, [], [], ImmutableDictionary<Guid, IReadOnlyList<DerivedCause>>.Empty, []);
        return Recorder.Record(scope, Differ.Compare(batch, ImmutableHashSet<int>.Empty));
    }
}
