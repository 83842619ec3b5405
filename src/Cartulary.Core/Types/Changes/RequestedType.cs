namespace Cartulary.Core.Types.Changes;

/// <summary>A definition that a request asks for.</summary>
/// <param name="Definition">The definition; without what only the server says, such as guid and times.</param>
/// <param name="Path">Where in the request it stands, for example <c>entityDefs[0]</c>.</param>
public sealed record RequestedType(TypeDef Definition, string Path)
{
    /// <summary>The guid by which the request knows the definition; null when it gives none that could be one.</summary>
    public Guid? Guid { get; init; }

    /// <summary>True when the request says that others may have the display name too.</summary>
    public bool SharesDisplayName { get; init; }
}
