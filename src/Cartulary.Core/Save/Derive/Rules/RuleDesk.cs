using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>What the rules of types work with: the states and edges of a save as they will be, and ways to change them.</summary>
internal sealed class RuleDesk(PlanningScope scope, ResolvedBatch batch, DraftSet drafts)
{
    private readonly ILookup<BatchAsset, EdgeStatement> _statements = batch.EdgeStatements.ToLookup(statement => statement.Subject);
    private readonly Dictionary<Guid, DerivedCause> _causes = [];

    public PlanningScope Scope => scope;

    public ResolvedBatch Batch => batch;

    public DraftSet Drafts => drafts;

    /// <summary>For each asset that follows another one, which one and by which relationship.</summary>
    public IReadOnlyDictionary<Guid, DerivedCause> Causes => _causes;

    /// <summary>The asset with a guid, as far as it has been loaded.</summary>
    public BatchAsset? Find(Guid guid) => batch.Pool.Find(guid);

    /// <summary>All edges at a relationship attribute, as far as they have been loaded.</summary>
    public IEnumerable<EdgeEntry> EntriesAt(BatchAsset asset, string end) =>
        asset.Type.EndsNamed(end) is { IsEmpty: false } ends ? ends.SelectMany(one => batch.Edges.At(one, asset.Guid)) : [];

    /// <summary>The edges at a relationship attribute that are recorded after the save.</summary>
    public IEnumerable<EdgeEntry> RecordedAt(BatchAsset asset, string end) => EntriesAt(asset, end).Where(entry => entry.IsRecorded);

    /// <summary>The one partner at a relationship attribute after the save, or null.</summary>
    public BatchAsset? PartnerAt(BatchAsset asset, string end) =>
        RecordedAt(asset, end).FirstOrDefault() is { } entry ? Find(entry.Other(asset.Guid)) : null;

    /// <summary>Whether the one partner at a relationship attribute is another one after the save.</summary>
    public bool PartnerChanges(BatchAsset asset, string end) => EntriesAt(asset, end).Any(entry => entry.IsOpened || entry.IsClosed);

    /// <summary>The text of an attribute after the save, or null.</summary>
    public string? TextOf(BatchAsset asset, string attribute) =>
        drafts.Find(asset)?.Text(attribute) ?? (drafts.Find(asset) is null ? asset.Stored?.Text(asset.Type.Attribute(attribute)) : null);

    /// <summary>What the request says of a relationship attribute of an asset.</summary>
    public IEnumerable<EdgeStatement> Said(BatchAsset asset, string end) => _statements[asset].Where(statement => statement.End.Name == end);

    /// <summary>Whether the request itself speaks of an edge, from either of its ends.</summary>
    public bool Speaks(EdgeEntry entry) => entry.IsOpened || Names(entry, entry.End1, entry.End2) || Names(entry, entry.End2, entry.End1);

    /// <summary>Sets a text attribute, where the type has it; null clears it.</summary>
    public static void Set(StateDraft draft, string name, string? text)
    {
        if (draft.Asset.Type.Attribute(name) is { } attribute)
        {
            draft.Set(attribute, text is null ? null : CanonicalValue.FromText(text));
        }
    }

    /// <summary>Links an asset to another one in the place of whichever it is linked to now.</summary>
    public void Relink(BatchAsset asset, string end, BatchAsset partner)
    {
        var attribute = asset.Type.EndsNamed(end)[0];
        foreach (var entry in RecordedAt(asset, end).ToList())
        {
            entry.IsRecorded = false;
        }

        batch.Edges.FindOrMake(attribute, asset.Guid, partner.Guid).IsRecorded = true;
        scope.RelyOn(ConflictMarks.Life(partner.Guid));
        scope.RelyOn(ConflictMarks.Name(partner.Guid));
    }

    /// <summary>Notes why an asset changes that the request does not speak of.</summary>
    public void Follows(BatchAsset asset, BatchAsset leader, RelationshipType relationship) =>
        _causes.TryAdd(asset.Guid, new DerivedCause(leader.Guid, relationship.Id));

    /// <summary>Refuses the save because of an asset.</summary>
    public void Report(ErrorCode code, StateDraft draft, string member, string message) => scope.Report(
        code,
        draft.Path.Length > 0 ? $"{draft.Path}.{member}" : member,
        message,
        draft.Asset.RequestGuid ?? draft.Asset.Guid.ToString("D"));

    private bool Names(EdgeEntry entry, Guid subject, Guid partner) => Find(subject) is { } asset
        && _statements[asset].Any(statement => statement.End.Relationship == entry.Relationship && statement.Targets.Any(target => target.Asset.Guid == partner));
}
