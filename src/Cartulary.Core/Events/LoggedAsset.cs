namespace Cartulary.Core.Events;

/// <summary>An asset as a log record names it.</summary>
/// <param name="Guid">Its guid.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="QualifiedName">Its qualified name when the record was written; empty when it had none.</param>
public sealed record LoggedAsset(Guid Guid, int TypeId, string QualifiedName);
