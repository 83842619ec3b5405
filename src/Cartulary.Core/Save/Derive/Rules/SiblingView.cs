namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>An asset's attributes and partners on one side of a save: as committed, or as they will be.</summary>
internal sealed class SiblingView(RuleDesk desk, StateDraft draft, bool isAfter)
{
    /// <summary>The asset.</summary>
    public BatchAsset Asset => draft.Asset;

    /// <summary>The text of an attribute, or null.</summary>
    public string? Text(string name) =>
        Asset.Type.Attribute(name) is { } attribute ? (isAfter ? draft.Get(attribute) : draft.Before(attribute))?.AsText() : null;

    /// <summary>The one partner at a relationship attribute, or null.</summary>
    public Guid? Partner(string end) => desk.EntriesAt(Asset, end).FirstOrDefault(entry => isAfter ? entry.IsRecorded : entry.Stored is not null)?.Other(Asset.Guid);
}
