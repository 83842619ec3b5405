namespace Cartulary.Core.Save.Read;

/// <summary>What a request that is only about tags says of one asset.</summary>
/// <param name="Target">The asset.</param>
/// <param name="Action">What to do.</param>
/// <param name="Tags">The tags, as a JSON array.</param>
/// <param name="Path">Where in the request they stand; empty for the whole body.</param>
public sealed record TagCall(AssetSelector Target, TagAction Action, ReadOnlyMemory<byte> Tags, string Path)
{
    /// <summary>Whether tags are named as people know them.</summary>
    public bool ByDisplayName { get; init; }
}
