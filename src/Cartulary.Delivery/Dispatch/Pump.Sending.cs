using Cartulary.Core.Events;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Messages;
using Cartulary.Delivery.Subscriptions;

namespace Cartulary.Delivery.Dispatch;

internal sealed partial class Pump
{
    private const string Missing = "missing";
    private const string Loop = "loop";

    /// <summary>Those in the line take turns, one message a turn, until nobody may send any more.</summary>
    private void Send()
    {
        var now = _clock.Now;
        foreach (var runner in _runners.Values.Where(runner => !runner.IsQueued && runner.Schedule.NextDue <= now))
        {
            Enqueue(runner);
        }

        var blocked = new List<Runner>();
        while (_slots.Free > 0 && _line.TryDequeue(out var runner))
        {
            runner.IsQueued = false;
            if (!runner.MaySend || !IsHeld(runner))
            {
                continue;
            }

            var isSuspect = IsSuspect(runner);
            if (!_slots.TryTake(runner.Sent.Count, isSuspect, runner.Opened.Wanted.MaxInFlight))
            {
                blocked.Add(runner);
                continue;
            }

            if (runner.Schedule.TryStart(now) is not { } attempt)
            {
                _slots.Release(runner.Sent.Count, isSuspect);
                continue;
            }

            runner.Sent.Add(attempt.Sequence, new UnderWay(_parts.Clock.GetTimestamp(), isSuspect));
            _tasks++;
            var (known, shown) = (runner.EventOf(attempt), _clock.Shown);
            _ = AttemptAsync(runner, attempt, known, shown);
            Enqueue(runner);
        }

        blocked.ForEach(Enqueue);
    }

    private bool IsHeld(Runner runner) => _shards.TryGetValue(runner.Row.Shard, out var held) && _parts.Clock.GetTimestamp() < held.Until;

    private bool IsSuspect(Runner runner) =>
        runner.IsUnproven || runner.Sent.Values.Any(sent => _parts.Clock.GetElapsedTime(sent.Started) > _parts.Limits.SlowAfter);

    private async Task AttemptAsync(Runner runner, Attempt attempt, FeedEvent? known, long now)
    {
        await Task.Yield();
        var (sending, why) = await SendAsync(runner, attempt, known, now);
        Post(() =>
        {
            _tasks--;
            runner.Sent.Remove(attempt.Sequence, out var sent);
            _slots.Release(runner.Sent.Count, sent.WasSuspect);
            if (sending is null)
            {
                TakeBack(runner, attempt, why);
                return;
            }

            DeliveryMetrics.Count(sending);
            if (sending.Result.IsDelivered && known is not null)
            {
                DeliveryMetrics.CountAcknowledged(Math.Max(0, _clock.Shown - known.Label.Time));
            }

            var stored = new StoredAttempt(
                attempt.Sequence,
                attempt.Number,
                now,
                sending.Milliseconds,
                sending.Result.Class.ToString().ToLowerInvariant(),
                sending.Result.Status,
                runner.Opened.Without(sending.Response));
            runner.Complete(attempt, sending.Result, stored, _clock.Now);
            _isUrgent |= runner.Schedule.Unsaved >= _parts.Limits.CheckpointEvents;
            if (runner.Schedule.Condition.Disabled is { } reason)
            {
                _logger.Disabled(runner.Row.Id, reason);
            }

            Enqueue(runner);
        });
    }

    /// <summary>What a message says of why it comes again; null when nobody asked for that.</summary>
    private static string? ReplayOf(Runner runner, Attempt attempt) => attempt.IsRedriven ? "redrive" : runner.IsReplayed(attempt.Sequence) ? "replay" : null;

    private static RepeatReason? RepeatOf(Runner runner, Attempt attempt) => attempt switch
    {
        { FollowsUnanswered: true } => RepeatReason.Unanswered,
        { Number: > 1 } => null,
        { IsRedriven: true } => RepeatReason.Redrive,
        _ when runner.IsReplayed(attempt.Sequence) => RepeatReason.Replay,
        _ => null,
    };

    /// <summary>An attempt that was not made.</summary>
    private void TakeBack(Runner runner, Attempt attempt, string? why)
    {
        if (why == Missing && attempt.IsParked)
        {
            runner.Schedule.Lose(attempt, _clock.Now);
            Enqueue(runner);
            return;
        }

        runner.Schedule.Withdraw(attempt);
        runner.HasTrimmedPlace |= why == Missing;
        runner.HasLoop |= why == Loop;
    }

    private async Task<(Webhooks.Sending? Sending, string? Why)> SendAsync(Runner runner, Attempt attempt, FeedEvent? known, long now)
    {
        try
        {
            if ((known ?? await _parts.Feed.FindAsync(attempt.Sequence, _abort.Token)) is not { } found)
            {
                return (null, Missing);
            }

            if (attempt.Sequence > runner.Opened.Wanted.LoopUpTo && await _causes.DepthAsync(found, _abort.Token) is var depth && depth >= _parts.Limits.LoopDepth)
            {
                _logger.Looped(runner.Row.Id, attempt.Sequence, depth);
                DeliveryMetrics.CountLoop();
                await SubscriptionDesk.PauseLoopAsync(_parts, runner.Row.Id, attempt.Sequence, _abort.Token);
                return (null, Loop);
            }

            var message = _parts.Writer.Write(runner.Opened, new Message(runner.Log, found), ReplayOf(runner, attempt), now);
            using var span = DeliveryTrace.Deliver(found, runner.Row.Id);
            if (RepeatOf(runner, attempt) is { } reason)
            {
                DeliveryMetrics.CountRepeats(reason);
            }

            var sending = await _parts.Sender.SendAsync(message, _abort.Token);
            span.Note(sending);
            return (sending, null);
        }
        catch (OperationCanceledException)
        {
            return (null, null);
        }
#pragma warning disable CA1031 // Whatever went wrong here is not the receiver's doing: the attempt is taken back and made again.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            _logger.SendingFailed(runner.Row.Id, attempt.Sequence, problem);
            await Task.Delay(TimeSpan.FromSeconds(1), _parts.Clock, _abort.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return (null, null);
        }
    }
}
