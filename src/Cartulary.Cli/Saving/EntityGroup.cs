using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Cli.Saving;

/// <summary>Assets that stood together in a file.</summary>
/// <param name="Entities">The assets, in the order of the file.</param>
/// <param name="Referred">The document's <c>referredEntities</c>, which every request made from it carries; null without any.</param>
internal sealed record EntityGroup(ImmutableArray<EntityJson> Entities, JsonElement? Referred);
