namespace Cartulary.Core.Save.Read;

/// <summary>What a request that is about one relationship alone does with it.</summary>
public enum EdgeAction
{
    /// <summary>It is recorded; it must not stand already.</summary>
    Create,

    /// <summary>Its own attributes are changed; it must stand.</summary>
    Update,

    /// <summary>It ends; it must stand.</summary>
    Remove,
}
