using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Kafka;

/// <summary>Why a session has ended.</summary>
internal abstract record SessionEnd
{
    private SessionEnd()
    {
    }

    /// <summary>The server stops.</summary>
    public sealed record Stopped : SessionEnd;

    /// <summary>Another server may send.</summary>
    public sealed record LeaseLost : SessionEnd;

    /// <summary>The sink is another one now, or goes to other partitions: it is loaded again.</summary>
    public sealed record Changed : SessionEnd;

    /// <summary>Something is wrong.</summary>
    /// <param name="Trouble">What.</param>
    /// <param name="WantsAlone">Whether records are to be sent one in a request, to find the one that is refused.</param>
    public sealed record Troubled(SinkTrouble Trouble, bool WantsAlone = false) : SessionEnd;
}
