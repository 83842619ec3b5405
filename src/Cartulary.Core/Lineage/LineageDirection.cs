namespace Cartulary.Core.Lineage;

/// <summary>Which way lineage is followed.</summary>
public enum LineageDirection
{
    /// <summary>Upstream: to what an asset is made of.</summary>
    Input,

    /// <summary>Downstream: to what is made of an asset.</summary>
    Output,

    /// <summary>Both ways, each by itself.</summary>
    Both,
}
