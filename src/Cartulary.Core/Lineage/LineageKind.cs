namespace Cartulary.Core.Lineage;

/// <summary>What stands between the assets of a lineage.</summary>
public enum LineageKind
{
    /// <summary>Processes, which read their inputs and write their outputs.</summary>
    Processes,

    /// <summary>Data products, from the assets of their input ports to those of their output ports.</summary>
    Products,
}
