namespace Cartulary.Core.Save.Read;

/// <summary>How a call that is about custom metadata alone means it.</summary>
/// <param name="Action">What to do with what it gives.</param>
/// <param name="ByDisplayName">Whether sets and attributes are named as people know them.</param>
public sealed record MetadataCall(MetadataAction Action, bool ByDisplayName);
