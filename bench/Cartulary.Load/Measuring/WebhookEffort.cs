namespace Cartulary.Load.Measuring;

/// <summary>How much is measured of webhooks.</summary>
/// <param name="Columns">How many assets there are, whose creations are the backlog of one receiver.</param>
/// <param name="Tables">The columns of so many tables are changed in turn.</param>
/// <param name="Fan">How many webhooks get the same events.</param>
/// <param name="FanEvents">How many events each of them is behind.</param>
/// <param name="Crowd">How many webhooks there are beside a healthy one.</param>
/// <param name="Hanging">How many of them have a receiver that never answers.</param>
/// <param name="Waiters">How many readers of the feed wait at once.</param>
internal sealed record WebhookEffort(int Columns, int Tables, int Fan, int FanEvents, int Crowd, int Hanging, int Waiters)
{
    /// <summary>The figures to publish.</summary>
    public static WebhookEffort Full { get; } = new(50_000, 250, 100, 2_000, 2_000, 200, 10_000);

    /// <summary>A first look.</summary>
    public static WebhookEffort Quick { get; } = new(5_000, 50, 20, 500, 200, 20, 1_000);
}
