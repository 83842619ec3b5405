using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Import;

/// <summary>An asset of an export, read by the types of this catalog.</summary>
/// <param name="Guid">Its guid.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsArchived">Whether it is archived by a later line.</param>
/// <param name="State">Its own state, whole.</param>
/// <param name="Edges">Its edges to assets that come before it.</param>
/// <param name="Path">Where the request has it.</param>
internal sealed record ImportedAsset(Guid Guid, EntityType Type, bool IsArchived, AssetState State, ImmutableArray<ImportedEdge> Edges, string Path);

/// <summary>An edge of an imported asset.</summary>
/// <param name="End">The relationship attribute of the asset.</param>
/// <param name="Other">The asset at the other end.</param>
/// <param name="Attributes">Its own attributes.</param>
/// <param name="Path">Where the request has it.</param>
internal sealed record ImportedEdge(EndAttribute End, Guid Other, AssetState Attributes, string Path);
