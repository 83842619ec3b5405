using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// Delivers the log to the subscriptions of its part of the shards, at least once, in order for each asset, from the start of the server to its
/// end. Owns its tasks: disposing ends what is under way, stores how far each subscription has come, and gives the shards back.
/// </summary>
public sealed class Dispatcher : IAsyncDisposable
{
    private readonly DispatchParts _parts;
    private readonly Pump _pump;
    private readonly ShardKeeper _keeper;
    private readonly DeliveryGauges _gauges;
    private readonly CancellationTokenSource _stop = new();
    private Task _pumping = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private bool _isStarted;

    /// <summary>A dispatcher that has not been started.</summary>
    /// <param name="parts">What it needs.</param>
    /// <param name="owner">Names the server, and this run of it.</param>
    /// <param name="logger">Logs.</param>
    public Dispatcher(DispatchParts parts, Guid owner, ILogger<Dispatcher> logger)
    {
        _parts = parts;
        _pump = new Pump(parts, logger);
        _keeper = new ShardKeeper(parts, _pump, owner, logger);
        _gauges = new DeliveryGauges(_pump, parts.Limits);
    }

    /// <summary>How many places for messages are free.</summary>
    public int FreeSlots => _pump.FreeSlots;

    /// <summary>Whether leases could be renewed lately, if it has been started: a server that cannot stops sending.</summary>
    public bool KeepsUp => !_isStarted || _keeper.KeepsUp;

    /// <summary>Begins to deliver.</summary>
    public void Start()
    {
        _isStarted = true;
        _pumping = _pump.RunAsync();
        _keeping = _keeper.RunAsync(_stop.Token);
        _watching = WatchAsync(_stop.Token);
    }

    /// <summary>Has the subscriptions looked at now, because one has changed.</summary>
    public void Wake() => _keeper.Wake();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_isStarted)
        {
            await _keeping;
            await _watching;
            await _pump.StopAsync();
            await _pumping;
            await _keeper.ReleaseAsync();
        }

        _gauges.Dispose();
        _keeper.Dispose();
        _pump.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            var head = _parts.Catalog.Head;
            var waiting = _parts.Catalog.WaitForCommitAfterAsync(head, cancellationToken);
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (waiting.IsFaulted)
            {
                // The store is away; what wakes the pump then is its own timer.
                await Task.Delay(TimeSpan.FromSeconds(1), _parts.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _pump.Post(static () => { });
        }
    }
}
