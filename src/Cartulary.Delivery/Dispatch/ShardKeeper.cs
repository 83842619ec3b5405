using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// Sees to it that each shard of the subscriptions is served by one server: takes this server's part of the shards, renews their leases, gives
/// back what is too much when another server comes, and loads subscriptions when they change.
/// </summary>
internal sealed class ShardKeeper(DispatchParts parts, Pump pump, Guid owner, ILogger logger) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>A server that could not renew a lease stops sending before others may take it.</summary>
    private static readonly TimeSpan SendsFor = ILeases.LastsFor - TimeSpan.FromSeconds(3);

    private readonly Dictionary<int, Lease> _held = [];

    // Shards that another server is to have, once what is under way has ended; until then their leases are renewed like the others.
    private readonly Dictionary<int, Task> _leaving = [];
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly HashSet<int> _toLoad = [];
    private Lease? _presence;
    private long _nextRenewal;
    private long _nextCleaning;
    private long _changes = -1;
    private long _lastRenewal = parts.Clock.GetTimestamp();

    /// <summary>Whether leases could be renewed lately: a server that cannot stops sending.</summary>
    public bool KeepsUp => parts.Clock.GetElapsedTime(Interlocked.Read(ref _lastRenewal)) < SendsFor;

    /// <summary>Has the subscriptions looked at now, because one has changed.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else has woken it in between, which is as good.
            }
        }
    }

    /// <summary>Keeps shards until it is stopped; they are held afterwards still.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The store may be away: leases run out by themselves, and the next look may succeed.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                logger.KeepingFailed(problem);
            }

            await _wake.WaitAtMostAsync(LookEvery, parts.Clock, cancellationToken);
        }
    }

    /// <summary>Gives all leases back; the pump has stopped.</summary>
    public async Task ReleaseAsync()
    {
        foreach (var lease in _held.Values.Concat(_presence is { } here ? [here] : []))
        {
            try
            {
                await parts.Leases.ReleaseAsync(lease, CancellationToken.None);
            }
#pragma warning disable CA1031 // They run out by themselves.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                logger.KeepingFailed(problem);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var begun = parts.Clock.GetTimestamp();
        var changes = await parts.Store.ChangesAsync(cancellationToken);
        if (changes == 0)
        {
            Interlocked.Exchange(ref _lastRenewal, begun);

            // Nobody has ever made a subscription, and servers without any need not renew leases.
            return;
        }

        await GiveBackAsync(cancellationToken);
        if (parts.Clock.GetTimestamp() >= _nextRenewal)
        {
            _nextRenewal = parts.Clock.GetTimestamp() + Ticks(ILeases.RenewEvery);
            await RenewAsync(cancellationToken);
            Interlocked.Exchange(ref _lastRenewal, begun);
        }

        foreach (var shard in ToLoad(changes != _changes))
        {
            pump.Adopt(shard, await parts.Store.LoadAsync(shard, cancellationToken));
        }

        _changes = changes;
        await CleanAsync(cancellationToken);
    }

    /// <summary>Removes what need not be kept of deliveries, now and then; of all servers the one that has the first shard does it.</summary>
    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        if (_held.ContainsKey(0) && parts.Clock.GetTimestamp() >= _nextCleaning)
        {
            _nextCleaning = parts.Clock.GetTimestamp() + Ticks(parts.Limits.CleanEvery);
            await parts.Store.CleanAsync(parts.Limits.KeepingAt(parts.Clock.GetUtcNow()), cancellationToken);
        }
    }

    private IEnumerable<int> Staying => _held.Keys.Where(shard => !_leaving.ContainsKey(shard));

    private List<int> ToLoad(bool all)
    {
        lock (_toLoad)
        {
            List<int> shards = [.. Staying.Where(shard => all || _toLoad.Contains(shard))];
            _toLoad.Clear();
            return shards;
        }
    }

    private void LoadAgain(int shard)
    {
        lock (_toLoad)
        {
            _toLoad.Add(shard);
        }

        Wake();
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        _presence = await parts.Leases.TryTakeAsync(DeliveryShards.ServerPrefix + owner.ToString("N"), owner, cancellationToken);
        var servers = await parts.Leases.CountAsync(DeliveryShards.ServerPrefix, cancellationToken);
        var share = (DeliveryShards.Count + Math.Max(servers, 1) - 1) / Math.Max(servers, 1);
        foreach (var (shard, lease) in _held.ToList())
        {
            var begun = parts.Clock.GetTimestamp();
            if (await parts.Leases.RenewAsync(lease, cancellationToken))
            {
                pump.Extend(shard, begun + Ticks(SendsFor));
            }
            else
            {
                _held.Remove(shard);
                _leaving.Remove(shard);
                pump.Drop(shard);
                DeliveryMetrics.CountLeaseChange();
                logger.ShardLost(shard);
            }
        }

        foreach (var shard in Staying.Order().Skip(share).ToList())
        {
            _leaving.Add(shard, pump.ReleaseAsync(shard));
        }

        for (var shard = 0; shard < DeliveryShards.Count && Staying.Count() < share; shard++)
        {
            await TakeAsync(shard, cancellationToken);
        }
    }

    private async Task TakeAsync(int shard, CancellationToken cancellationToken)
    {
        var begun = parts.Clock.GetTimestamp();
        if (!_held.ContainsKey(shard) && await parts.Leases.TryTakeAsync(DeliveryShards.LeaseOf(shard), owner, cancellationToken) is { } lease)
        {
            _held.Add(shard, lease);
            pump.Hold(lease, shard, begun + Ticks(SendsFor), () => LoadAgain(shard));
            LoadAgain(shard);
            DeliveryMetrics.CountLeaseChange();
            logger.ShardTaken(shard);
        }
    }

    private async Task GiveBackAsync(CancellationToken cancellationToken)
    {
        foreach (var shard in _leaving.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
        {
            _leaving.Remove(shard);
            _held.Remove(shard, out var lease);
            await parts.Leases.ReleaseAsync(lease!, cancellationToken);
            DeliveryMetrics.CountLeaseChange();
            logger.ShardLost(shard);
        }
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * parts.Clock.TimestampFrequency);
}
