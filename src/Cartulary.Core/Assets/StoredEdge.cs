namespace Cartulary.Core.Assets;

/// <summary>A recorded edge; it is live when both of its ends are in use.</summary>
/// <param name="Row">The number of its current row; a change of the edge's attributes gives it a new one.</param>
/// <param name="Link">The number that stands for the edge as long as it is recorded; its public guid is made from it.</param>
/// <param name="RelationshipId">The number of the relationship type.</param>
/// <param name="End1">The asset at end 1.</param>
/// <param name="End2">The asset at end 2.</param>
/// <param name="Attributes">The edge's own attributes; empty when it has none.</param>
public sealed record StoredEdge(long Row, long Link, int RelationshipId, EdgeEnd End1, EdgeEnd End2, AssetState Attributes)
{
    /// <summary>Whether both ends are in use.</summary>
    public bool IsLive => End1.Status == AssetStatus.Active && End2.Status == AssetStatus.Active;
}
