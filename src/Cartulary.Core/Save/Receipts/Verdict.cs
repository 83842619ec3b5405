namespace Cartulary.Core.Save.Receipts;

/// <summary>What a save did to an asset.</summary>
public enum Verdict
{
    /// <summary>Nothing.</summary>
    NoOp,

    /// <summary>Created it.</summary>
    Create,

    /// <summary>Changed it.</summary>
    Update,

    /// <summary>Archived it.</summary>
    Delete,
}
