namespace Cartulary.Core.Ports.Delivery;

/// <summary>What came of storing how far a sink has come.</summary>
public enum SinkStored
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>The lease is lost; nothing is stored.</summary>
    LeaseLost,

    /// <summary>The sink has another revision now; nothing is stored.</summary>
    Changed,
}
