namespace Cartulary.Core.Types;

/// <summary>One element of an enum.</summary>
public sealed record EnumElementDef
{
    /// <summary>The text that stands for the element in JSON.</summary>
    public required string Value { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Position for display; null when the author gave none.</summary>
    public int? Ordinal { get; init; }
}
