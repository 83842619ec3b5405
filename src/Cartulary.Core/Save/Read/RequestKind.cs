namespace Cartulary.Core.Save.Read;

/// <summary>Which kind of call a save came by; the rules that differ are few and named where they apply.</summary>
public enum RequestKind
{
    /// <summary>POST: every mandatory attribute must be in the payload.</summary>
    Full,

    /// <summary>PUT: only what is given is said; the asset must exist.</summary>
    Partial,

    /// <summary>DELETE: the named assets are archived or purged.</summary>
    Delete,

    /// <summary>The named assets are restored.</summary>
    Restore,

    /// <summary>Calls that are about tags alone; the assets must exist.</summary>
    Tags,

    /// <summary>A call that is about one relationship alone; the assets at its ends must exist.</summary>
    Relationship,
}
