using System.Collections.Frozen;
using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Messages;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Kafka;

/// <summary>
/// Sends the log from the sink's position on with one producer, after it has read what the topic ends with, so that nothing is sent a second time. It
/// ends at the first failure, and the next one begins anew.
/// </summary>
internal sealed class KafkaSession : IDisposable
{
    private const int SkippedMax = 1_000;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private readonly KafkaParts _parts;
    private readonly HeldLease _lease;
    private readonly bool _isAlone;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _storing = new(1);
    private readonly CancellationTokenSource _over;
    private RecordSender? _sender;
    private SessionEnd? _end;

    public KafkaSession(KafkaParts parts, SinkRow row, HeldLease lease, bool isAlone, ILogger logger)
    {
        _parts = parts;
        _lease = lease;
        _isAlone = isAlone;
        _logger = logger;
        _over = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost);
        Window = new SendWindow(row.Position);

        // Another topic has nothing of ours, and as many partitions as it likes.
        Row = row.Target == parts.Settings.Topic ? row : row with { Target = parts.Settings.Topic, Partitions = null, Accepted = null };
    }

    /// <summary>The sink as it was stored last.</summary>
    public SinkRow Row { get; private set; }

    /// <summary>What is on its way.</summary>
    public SendWindow Window { get; }

    /// <summary>Whether anything has arrived.</summary>
    public bool HasSent => _sender?.HasSent is true;

    /// <summary>Sends until something ends it; how far it has come is stored then.</summary>
    public async Task<SessionEnd> RunAsync(CancellationToken stop)
    {
        try
        {
            if (_parts.Catalog.Head is var head && (head.LogId != Row.Log || Row.Position < head.Oldest - 1))
            {
                return head.LogId != Row.Log ? new SessionEnd.Changed() : new SessionEnd.Troubled(KafkaTroubles.Gone(Row.Position, head, Now));
            }

            return await OwnThread.RunAsync(() => LookAtTopic(stop)) is { } tails
                ? await BeginAsync(tails, stop)
                : new SessionEnd.Troubled(KafkaTroubles.NoTopic(_parts.Settings.Topic, Now));
        }
        catch (KafkaException failure)
        {
            return new SessionEnd.Troubled(KafkaTroubles.Of(failure.Error, Now));
        }
        catch (Exception mistake) when (mistake is InvalidOperationException or ArgumentException)
        {
            return new SessionEnd.Troubled(new SinkTrouble(KafkaTroubles.SendingFailed, mistake.Message, Now, IsBlocking: false));
        }
        catch (OperationCanceledException)
        {
            return stop.IsCancellationRequested ? new SessionEnd.Stopped() : new SessionEnd.LeaseLost();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Dispose();
        _storing.Dispose();
    }

    private long Now => _parts.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private ImmutableArray<PartitionTail>? LookAtTopic(CancellationToken cancellationToken)
    {
        using var reader = new TopicReader(_parts.Settings, _logger);
        return reader.CountPartitions() is { } count ? reader.ReadTails(Row.Log, count, cancellationToken) : null;
    }

    private async Task<SessionEnd> BeginAsync(ImmutableArray<PartitionTail> tails, CancellationToken stop)
    {
        if (PartitionPlan.For(Row, tails.Length, tails) is not PartitionPlan.Send plan)
        {
            return new SessionEnd.Troubled(KafkaTroubles.OtherPartitions(_parts.Settings.Topic, Row.Partitions, tails.Length, Now));
        }

        // What the order relies on is known before the first record is sent.
        if (plan.Until is null && await StoreAsync(row => row with { Partitions = plan.Count, Accepted = null }) is { } end)
        {
            return end;
        }

        var skipped = await _parts.Store.SkippedAsync(Row.Name, SkippedMax, stop);
        _sender = new RecordSender(_parts, Window, _isAlone, _logger);
        using var failing = _sender.Failed.Register(_over.Cancel);
        _logger.Sending(Row.Position, plan.Count);
        var keeping = KeepAsync();
        try
        {
            await SendAsync(plan, tails, [.. skipped.Select(static item => item.Sequence)], stop);
        }
        finally
        {
            await _over.CancelAsync();
            await keeping;
            await OwnThread.RunAsync(_sender.Dispose);
        }

        _end = await StoreAsync(Progressed) ?? _end;
        return _end ?? _sender.Failure ?? (SessionEnd)(stop.IsCancellationRequested ? new SessionEnd.Stopped() : new SessionEnd.LeaseLost());
    }

    private async Task SendAsync(PartitionPlan.Send plan, ImmutableArray<PartitionTail> tails, IEnumerable<long> skipped, CancellationToken stop)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, stop);
        var pumping = PumpAsync(plan, tails, skipped.ToFrozenSet(), reading.Token);
        await pumping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pumping.IsFaulted)
        {
            var problem = pumping.Exception.InnerException!;
            _logger.KeepingFailed(problem);
            _end = new SessionEnd.Troubled(new SinkTrouble(KafkaTroubles.ReadingFailed, problem.Message, Now, IsBlocking: false));
        }
        else if (stop.IsCancellationRequested && !_over.IsCancellationRequested)
        {
            await Window.EmptyAsync(_over.Token).WaitAsync(_parts.Settings.StopWithin, _parts.Clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PumpAsync(PartitionPlan.Send plan, ImmutableArray<PartitionTail> tails, FrozenSet<long> skipped, CancellationToken cancellationToken)
    {
        var log = Row.Log;
        for (var (examined, until) = (Row.Position, plan.Until ?? long.MaxValue); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var head = _parts.Catalog.Head;
            if (examined >= until)
            {
                await TurnToAcceptedAsync(cancellationToken);
                return;
            }

            if (head.LogId != log)
            {
                _end = new SessionEnd.Changed();
                return;
            }

            if (examined >= head.Sequence)
            {
                await WaitAsync(head, cancellationToken);
                continue;
            }

            var query = new FeedQuery(examined, _parts.Settings.PageEvents) { PageBytes = _parts.Settings.PageBytes };
            var page = await _parts.Feed.ReadAsync(query, cancellationToken);
            if (page.Head.LogId != log)
            {
                _end = new SessionEnd.Changed();
                return;
            }

            foreach (var read in page.Events.Where(read => read.Sequence <= until))
            {
                await TakeAsync(new Message(log, read), plan.Count, tails, skipped, cancellationToken);
            }

            examined = Math.Min(page.Next, until);
            if (page.IsTrimmed)
            {
                await Window.EmptyAsync(cancellationToken);
                _end = new SessionEnd.Troubled(KafkaTroubles.Gone(examined, page.Head, Now));
                return;
            }
        }
    }

    private async ValueTask TakeAsync(
        Message message, int count, ImmutableArray<PartitionTail> tails, FrozenSet<long> skipped, CancellationToken cancellationToken)
    {
        var partition = JavaPartitioner.PartitionOf(RecordWriter.KeyOf(message), count);
        if (message.Sequence <= tails[partition].Proven || skipped.Contains(message.Sequence))
        {
            Window.PassOver(message.Sequence);
        }
        else
        {
            await _sender!.SendAsync(message, partition, cancellationToken);
        }
    }

    /// <summary>All that was begun with the old number of partitions is done: from here on the new one counts.</summary>
    private async Task TurnToAcceptedAsync(CancellationToken cancellationToken)
    {
        await Window.EmptyAsync(cancellationToken);
        _end = await StoreAsync(row => Progressed(row) with { Partitions = row.Accepted, Accepted = null }) ?? new SessionEnd.Changed();
    }

    private async Task WaitAsync(CatalogHead seen, CancellationToken cancellationToken)
    {
        var waiting = _parts.Catalog.WaitForCommitAfterAsync(seen, cancellationToken);
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (waiting.IsFaulted)
        {
            await Task.Delay(AfterTrouble, _parts.Clock, cancellationToken);
        }
    }

    private async Task KeepAsync()
    {
        await Task.Yield();
        while (!_over.IsCancellationRequested)
        {
            await Task.Delay(_parts.Settings.CheckpointEvery, _parts.Clock, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await StoreAsync(Progressed) is { } end)
            {
                _end ??= end;
                await _over.CancelAsync();
            }
        }
    }

    /// <summary>The row as it is to be stored now. What was wrong is over when something has arrived, or nothing is to be sent.</summary>
    private SinkRow Progressed(SinkRow row)
    {
        var position = Window.Position;
        var trouble = _sender!.Unreachable ?? (_sender.HasSent || position == _parts.Catalog.Head.Sequence ? null : row.Trouble);
        return row with { Position = position, Trouble = trouble };
    }

    /// <summary>Stores a change of the row; the result is why the session is over, or null when it goes on.</summary>
    private async Task<SessionEnd?> StoreAsync(Func<SinkRow, SinkRow> change)
    {
        await _storing.WaitAsync(CancellationToken.None);
        try
        {
            var next = change(Row);
            if (next == Row)
            {
                return null;
            }

            var stored = await _parts.Store.CheckpointSinkAsync(_lease.Lease, next, CancellationToken.None);
            Row = stored == SinkStored.Stored ? next : Row;
            return stored switch
            {
                SinkStored.Stored => null,
                SinkStored.Changed => new SessionEnd.Changed(),
                _ => new SessionEnd.LeaseLost(),
            };
        }
#pragma warning disable CA1031 // The store may be away or full: what was sent is found at the topic's end, and the next checkpoint says it again.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            _logger.CheckpointFailed(problem);
            return null;
        }
        finally
        {
            _storing.Release();
        }
    }
}
