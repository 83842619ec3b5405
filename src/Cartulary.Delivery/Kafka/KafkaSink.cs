using Cartulary.Core.Ports.Delivery;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Kafka;

/// <summary>
/// Carries the whole log to a topic, at least once, in order for each asset, on one server at a time. Owns its task: disposing waits for what is on its way,
/// stores how far it has come, and gives the lease back.
/// </summary>
public sealed class KafkaSink : IAsyncDisposable
{
    /// <summary>Its name.</summary>
    public const string Name = "kafka";

    private const string LeaseName = "delivery/sink/" + Name;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(10);

    private readonly KafkaParts _parts;
    private readonly Guid _owner;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0);
    private Task _running = Task.CompletedTask;
    private volatile Standing? _standing;
    private string? _told;

    /// <summary>A sink that has not been started.</summary>
    /// <param name="parts">What it needs.</param>
    /// <param name="owner">Names the server, and this run of it.</param>
    /// <param name="logger">Logs.</param>
    public KafkaSink(KafkaParts parts, Guid owner, ILogger<KafkaSink> logger)
    {
        _parts = parts;
        _owner = owner;
        _logger = logger;
    }

    /// <summary>How far it is behind the log; null on a server that does not send.</summary>
    public SinkLag? Lag
    {
        get
        {
            if (_standing is not { } standing)
            {
                return null;
            }

            var events = Math.Max(0, _parts.Catalog.Head.Sequence - (standing.Window?.Position ?? standing.Row.Position));
            var oldest = events == 0 ? null : standing.Window?.OldestTime ?? standing.OldestTime;
            var seconds = oldest is { } time ? Math.Max(0, Now - time) / 1_000.0 : 0;
            return new SinkLag(events, seconds, standing.Row.Trouble?.IsBlocking is true);
        }
    }

    /// <summary>Begins to send.</summary>
    public void Start() => _running = RunAsync(_stop.Token);

    /// <summary>Has the sink looked at now, because somebody has changed it.</summary>
    public void Wake() => _wake.Release();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _wake.Dispose();
        _stop.Dispose();
    }

    private long Now => _parts.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var lease = await HeldLease.TryTakeAsync(_parts.Leases, LeaseName, _owner, _parts.Clock, _logger, stop);
                if (lease is not null)
                {
                    await ServeAsync(lease, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The store may be away: the lease runs out by itself, and the next look may succeed.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                _logger.KeepingFailed(problem);
            }
            finally
            {
                _standing = null;
            }

            await _wake.WaitAtMostAsync(LookEvery, _parts.Clock, stop);
        }
    }

    /// <summary>Sends for as long as the lease is held, one session after another.</summary>
    private async Task ServeAsync(HeldLease lease, CancellationToken stop)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, stop);
        var (failures, isAlone) = (0, false);
        while (!held.IsCancellationRequested)
        {
            var row = await FindAsync(held.Token);
            if (row.Trouble is { IsBlocking: true })
            {
                isAlone = false;
                _standing = new Standing(row, Window: null, await OldestAsync(row, held.Token));
                await _wake.WaitAtMostAsync(LookEvery, _parts.Clock, held.Token);
                continue;
            }

            using var session = new KafkaSession(_parts, row, lease, isAlone, _logger);
            _standing = new Standing(row, session.Window, _standing?.OldestTime);
            var end = await session.RunAsync(stop);
            (failures, _told) = session.HasSent ? (0, null) : (failures, _told);
            if (end is SessionEnd.Troubled troubled)
            {
                isAlone |= Note(troubled);
                await StoreAsync(session.Row, troubled.Trouble, lease, held.Token);
                _standing = new Standing(session.Row, Window: null, await OldestAsync(session.Row, held.Token));
                await _wake.WaitAtMostAsync(BackOff(failures++), _parts.Clock, held.Token);
            }
            else if (end is SessionEnd.Changed)
            {
                await _wake.WaitAtMostAsync(ShortestBackOff, _parts.Clock, held.Token);
            }
            else
            {
                break;
            }
        }

        if (!stop.IsCancellationRequested)
        {
            _logger.LeaseLost();
        }
    }

    private async Task<SinkRow> FindAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _parts.Store.FindSinkAsync(Name, cancellationToken) is { } row)
            {
                return row;
            }

            var head = _parts.Catalog.Head;
            var first = new SinkRow(
                Name, 1, head.LogId, _parts.Settings.StartAt.PlaceIn(head), _parts.Settings.Topic, Partitions: null, Accepted: null, Trouble: null);
            await _parts.Store.AddSinkAsync(first, cancellationToken);
        }
    }

    /// <summary>Tells of a trouble, once for as long as it is the same; the result is whether records go alone from now on.</summary>
    private bool Note(SessionEnd.Troubled troubled)
    {
        var trouble = troubled.Trouble;
        KafkaMetrics.CountError(trouble.Code);
        if (trouble.IsBlocking)
        {
            _logger.Blocked(trouble.Message);
        }
        else if (_told != trouble.Code)
        {
            _logger.Troubled(trouble.Message);
        }

        _told = trouble.Code;
        if (troubled.WantsAlone)
        {
            _logger.SendingAlone();
        }

        return troubled.WantsAlone;
    }

    /// <summary>Stores what is wrong. What cannot be stored shows again in the next session.</summary>
    private async Task StoreAsync(SinkRow row, SinkTrouble trouble, HeldLease lease, CancellationToken cancellationToken)
    {
        var since = row.Trouble is { } known && known.Code == trouble.Code ? known.Since : trouble.Since;
        await _parts.Store.CheckpointSinkAsync(lease.Lease, row with { Trouble = trouble with { Since = since } }, cancellationToken);
    }

    private static TimeSpan BackOff(int failures) =>
        failures > 7 ? LongestBackOff : TimeSpan.FromTicks(Math.Min(LongestBackOff.Ticks, ShortestBackOff.Ticks << failures));

    /// <summary>The commit time of the event after the sink's position; null when there is none.</summary>
    private async Task<long?> OldestAsync(SinkRow row, CancellationToken cancellationToken) =>
        (await _parts.Feed.FindAsync(row.Position + 1, cancellationToken))?.Label.Time;

    /// <summary>Where the sink stands on the server that sends.</summary>
    private sealed record Standing(SinkRow Row, SendWindow? Window, long? OldestTime);
}
