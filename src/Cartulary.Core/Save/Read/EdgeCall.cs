namespace Cartulary.Core.Save.Read;

/// <summary>What a request that is about one relationship alone says of it.</summary>
/// <param name="Action">What to do.</param>
public sealed record EdgeCall(EdgeAction Action)
{
    /// <summary>The guid of one that stands, as given; null for one that is to be recorded.</summary>
    public string? Guid { get; init; }

    /// <summary>The type that the request names; null when it names none.</summary>
    public string? TypeName { get; init; }

    /// <summary>The asset at the first end; null when nothing is said of it.</summary>
    public RequestReference? End1 { get; init; }

    /// <summary>The asset at the second end; null when nothing is said of it.</summary>
    public RequestReference? End2 { get; init; }

    /// <summary>The relationship's own attributes as a JSON object; null when nothing is said of them.</summary>
    public ReadOnlyMemory<byte>? Attributes { get; init; }
}
