namespace Cartulary.Delivery;

/// <summary>Waiting for news, but not for ever.</summary>
internal static class Waking
{
    /// <summary>Waits until somebody wakes, or a time has passed.</summary>
    public static async Task WaitAtMostAsync(this SemaphoreSlim wake, TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = wake.WaitAsync(wait.Token);
        var late = Task.Delay(time, clock, wait.Token);
        await Task.WhenAny(woken, late);
        await wait.CancelAsync();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await late.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
