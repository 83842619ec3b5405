using System.Collections.Immutable;

namespace Cartulary.Core.Ports;

/// <summary>An asset that a request lists, changed or not.</summary>
/// <param name="Guid">Its guid.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="QualifiedName">Its qualified name before the save; empty when it has none.</param>
/// <param name="Version">Its version before the save; zero for one that the save creates.</param>
/// <param name="Ignored">Keys and attributes that were passed over because they are not the client's to say.</param>
/// <param name="Unknown">Attributes that were passed over because the type does not have them.</param>
public sealed record ListedAsset(
    Guid Guid, int TypeId, string QualifiedName, long Version, ImmutableArray<string> Ignored, ImmutableArray<string> Unknown);
