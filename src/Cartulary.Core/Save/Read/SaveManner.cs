namespace Cartulary.Core.Save.Read;

/// <summary>What the flags of a save say it means by tags and custom metadata of assets that exist; the default is nothing.</summary>
/// <param name="Tags">By tags.</param>
/// <param name="CustomMetadata">By custom metadata.</param>
public readonly record struct SaveManner(TagMode Tags, MetadataMode CustomMetadata);
