namespace Cartulary.Core.Ports;

/// <summary>Why a store cannot do its work, as far as an operator can do something about it.</summary>
public enum StoreTrouble
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>There is no room left.</summary>
    Full,

    /// <summary>It may not be written to.</summary>
    ReadOnly,

    /// <summary>The device or file system under it fails.</summary>
    Failing,

    /// <summary>What is stored is damaged.</summary>
    Damaged,

    /// <summary>It cannot be reached, or is too busy; the same may go well a little later.</summary>
    Away,
}
