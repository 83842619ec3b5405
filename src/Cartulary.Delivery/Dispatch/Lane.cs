using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Dispatch;

/// <summary>The events of one asset that a subscription has not settled, or has parked: one is under way at a time, in order.</summary>
internal sealed class Lane(Guid asset)
{
    public Guid Asset => asset;

    /// <summary>Events in the window, by sequence.</summary>
    public Queue<WindowEvent> Waiting { get; } = [];

    /// <summary>Parked events, by sequence. While there are some, later events of the asset park behind them.</summary>
    public Queue<ParkedEvent> Parked { get; } = [];

    /// <summary>Whether one of its events is under way.</summary>
    public bool IsBusy { get; set; }

    /// <summary>When its first event is due, in milliseconds; null for at once.</summary>
    public long? Due => Parked.TryPeek(out var parked) ? parked.Due : Waiting.TryPeek(out var waiting) ? waiting.Due : null;

    /// <summary>Whether there is nothing to send.</summary>
    public bool IsEmpty => Waiting.Count == 0 && Parked.Count == 0;
}
