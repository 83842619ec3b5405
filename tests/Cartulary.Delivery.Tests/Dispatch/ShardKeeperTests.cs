using System.Collections.Immutable;
using System.Reflection;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Dispatch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Delivery.Tests.Dispatch;

/// <summary>How a server keeps its part of the shards, with leases and a clock that the test moves.</summary>
public sealed class ShardKeeperTests : IAsyncDisposable
{
    private readonly WaitedClock _clock = new();
    private readonly FewLeases _leases;
    private readonly CancellationTokenSource _stop = new();
    private readonly Pump _pump;
    private readonly ShardKeeper _keeper;
    private readonly Task _keeping;
    private int _waits;

    public ShardKeeperTests()
    {
        _leases = new FewLeases(_clock);
        var store = DispatchProxy.Create<IDeliveryStore, NoSubscriptions>();
        var parts = new DispatchParts(store, _leases, null!, null!, null!, null!, null!, new DeliveryPolicy(), new DispatchLimits(), _clock);

        // It is not run, so that nothing that is under way ever ends.
        _pump = new Pump(parts, NullLogger.Instance);
        _waits = _clock.Waits;
        _keeper = new ShardKeeper(parts, _pump, Guid.CreateVersion7(), NullLogger.Instance);
        _keeping = _keeper.RunAsync(_stop.Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_cannot_renew_its_leases_says_so_until_it_can_again()
    {
        await UntilAsync(() => _leases.Shards == DeliveryShards.Count);
        _keeper.KeepsUp.ShouldBeTrue();

        _leases.IsAway = true;
        await UntilAsync(() => !_keeper.KeepsUp);
        _leases.IsAway = false;

        await UntilAsync(() => _keeper.KeepsUp);
    }

    [Fact]
    public async Task While_messages_of_a_shard_that_another_server_is_to_have_are_under_way_all_leases_are_renewed()
    {
        await UntilAsync(() => _leases.Shards == DeliveryShards.Count);
        _leases.Servers = 2;

        var renewals = _leases.Renewals;
        await UntilAsync(() => _leases.Renewals > renewals + (20 * DeliveryShards.Count));

        _leases.Shards.ShouldBe(DeliveryShards.Count);
        _leases.Lost.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _keeper.Dispose();
        _pump.Dispose();
        _stop.Dispose();
    }

    /// <summary>Lets a second pass each time that the keeper waits for one, until something is so.</summary>
    private async Task UntilAsync(Func<bool> isSo)
    {
        while (true)
        {
            while (_clock.Waits == _waits)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), Token);
            }

            if (isSo())
            {
                return;
            }

            _waits = _clock.Waits;
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class WaitedClock : FakeTimeProvider
    {
        private int _waits;

        /// <summary>How often somebody has begun to wait.</summary>
        public int Waits => Volatile.Read(ref _waits);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _waits);
            return timer;
        }
    }

    /// <summary>A store that somebody has once used, and that holds no subscription.</summary>
    public class NoSubscriptions : DispatchProxy
    {
        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IDeliveryStore.ChangesAsync) => new ValueTask<long>(1),
            nameof(IDeliveryStore.LoadAsync) => new ValueTask<ImmutableArray<LoadedSubscription>>([]),
            nameof(IDeliveryStore.CleanAsync) => ValueTask.CompletedTask,
            var other => throw new NotSupportedException(other),
        };
    }

    private sealed class FewLeases(TimeProvider clock) : ILeases
    {
        private readonly Lock _changing = new();
        private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

        public volatile bool IsAway;

        public int Servers { get; set; } = 1;

        public int Renewals { get; private set; }

        public int Lost { get; private set; }

        public int Shards
        {
            get
            {
                lock (_changing)
                {
                    return Enumerable.Range(0, DeliveryShards.Count).Count(shard => _until.ContainsKey(DeliveryShards.LeaseOf(shard)));
                }
            }
        }

        public ValueTask<Lease?> TryTakeAsync(string name, Guid owner, CancellationToken cancellationToken)
        {
            Begin();
            lock (_changing)
            {
                _until[name] = clock.GetUtcNow() + ILeases.LastsFor;
                return new(new Lease(name, owner, 1));
            }
        }

        public ValueTask<bool> RenewAsync(Lease lease, CancellationToken cancellationToken)
        {
            Begin();
            lock (_changing)
            {
                if (_until[lease.Name] < clock.GetUtcNow())
                {
                    Lost++;
                    _until.Remove(lease.Name);
                    return new(result: false);
                }

                Renewals++;
                _until[lease.Name] = clock.GetUtcNow() + ILeases.LastsFor;
                return new(result: true);
            }
        }

        public ValueTask ReleaseAsync(Lease lease, CancellationToken cancellationToken)
        {
            lock (_changing)
            {
                _until.Remove(lease.Name);
                return ValueTask.CompletedTask;
            }
        }

        public ValueTask<int> CountAsync(string prefix, CancellationToken cancellationToken) => new(Servers);

        private void Begin()
        {
            if (IsAway)
            {
                throw new IOException("away");
            }
        }
    }
}
