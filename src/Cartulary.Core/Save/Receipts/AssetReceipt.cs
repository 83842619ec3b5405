using System.Collections.Immutable;
using Cartulary.Core.Events;

namespace Cartulary.Core.Save.Receipts;

/// <summary>Why there was an event of an asset, or none. It is made from the events themselves, so that the two cannot differ.</summary>
/// <param name="Guid">The asset's guid.</param>
/// <param name="TypeName">Its type.</param>
/// <param name="QualifiedName">Its qualified name after the save; empty when it has none.</param>
/// <param name="RequestGuid">The guid by which the request names it; null when it names it by the real one, or by none.</param>
/// <param name="Verdict">What the save did to it.</param>
/// <param name="IsRelated">True when the request does not list it: it follows from others.</param>
/// <param name="Version">Its version after the save.</param>
/// <param name="Events">Its events; empty when nothing of it changed.</param>
/// <param name="Ignored">Keys and attributes that were passed over because they are not the client's to say.</param>
/// <param name="Unknown">Attributes that were passed over because the type does not have them.</param>
public sealed record AssetReceipt(
    Guid Guid,
    string TypeName,
    string QualifiedName,
    string? RequestGuid,
    Verdict Verdict,
    bool IsRelated,
    long Version,
    ImmutableArray<EventToRender> Events,
    ImmutableArray<string> Ignored,
    ImmutableArray<string> Unknown);
