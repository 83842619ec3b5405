namespace Cartulary.Core.Save.Read;

/// <summary>A reference to another asset. Whatever attributes it carries are decoration and never read as data.</summary>
/// <param name="Path">Where in the request it stands.</param>
/// <param name="Guid">The guid it gives, or null; it wins over the rest.</param>
/// <param name="TypeName">The type it gives, or null.</param>
/// <param name="UniqueAttribute">The unique attribute it gives, or null.</param>
/// <param name="UniqueValue">That attribute's value, or null.</param>
/// <param name="RelationshipType">The relationship type it names, or null.</param>
/// <param name="EdgeAttributes">The edge's own attributes as JSON, or null when nothing is said of them.</param>
public sealed record RequestReference(
    string Path,
    RequestGuid? Guid,
    string? TypeName,
    string? UniqueAttribute,
    string? UniqueValue,
    string? RelationshipType,
    ReadOnlyMemory<byte>? EdgeAttributes);
