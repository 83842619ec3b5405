namespace Cartulary.Core.Save.Read;

/// <summary>One key of an asset's attributes, with its value still as JSON: which type it has is known only when the asset is found.</summary>
/// <param name="Name">The key.</param>
/// <param name="Json">The value's UTF-8 JSON, a slice of the request's body.</param>
public readonly record struct RequestField(string Name, ReadOnlyMemory<byte> Json)
{
    /// <summary>Whether the value is null.</summary>
    public bool IsNull => Json.Span.SequenceEqual("null"u8);
}
