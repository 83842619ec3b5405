namespace Cartulary.Core.Types.Changes;

/// <summary>How a request for types is meant.</summary>
public sealed record TypeChangeManner
{
    /// <summary>True when the definitions must exist and are changed; false when they must not and are made.</summary>
    public bool IsUpdate { get; init; }

    /// <summary>True when the server names all new tags and custom metadata; false when it does so for those with a display name only.</summary>
    public bool MakesNames { get; init; }

    /// <summary>True when all names are kept as they are given: those of another catalog's export.</summary>
    public bool KeepsNames { get; init; }

    /// <summary>True when tags and custom metadata may have display names that others have.</summary>
    public bool SharesDisplayNames { get; init; }

    /// <summary>True when an attribute may be mandatory although assets exist without it; they need it on their next full save.</summary>
    public bool AddsMandatoryAttributes { get; init; }
}
