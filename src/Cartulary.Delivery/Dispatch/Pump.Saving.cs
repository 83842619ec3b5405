using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Dispatch;

internal sealed partial class Pump
{
    /// <summary>
    /// Stores what was settled, of all subscriptions together and every so often, and earlier when there is much of it; places that moved only over events which are for
    /// somebody else are stored more seldom. It is one transaction for each shard, one after another.
    /// </summary>
    private void Save()
    {
        var now = _parts.Clock.GetTimestamp();
        if (_isSaving || !(_isUrgent || _isStopping || _parts.Clock.GetElapsedTime(_lastSave, now) >= _parts.Limits.CheckpointEvery))
        {
            return;
        }

        _isUrgent = false;
        var isForAll = _isStopping || _parts.Clock.GetElapsedTime(_lastIdleSave, now) >= _parts.Limits.CheckpointIdleEvery;
        var due = _runners.Values
            .Where(runner => runner.HasChanges && (isForAll || runner.IsRetiring || runner.HasNews) && IsHeld(runner))
            .ToList();
        if (due.Count == 0)
        {
            return;
        }

        _isSaving = true;
        _lastSave = now;
        _lastIdleSave = isForAll ? now : _lastIdleSave;
        _tasks++;
        var taken = due.ConvertAll(runner =>
        {
            var (checkpoint, changes) = runner.TakeCheckpoint(_parts.Limits);
            return (Runner: runner, Checkpoint: checkpoint, Changes: changes);
        });
        var shards = taken.GroupBy(item => item.Runner.Row.Shard).Select(group => (_shards[group.Key], group.ToList())).ToList();
        _ = SaveAsync(shards);
    }

    private async Task SaveAsync(List<(HeldShard Shard, List<(Runner Runner, DeliveryCheckpoint Checkpoint, ScheduleChanges Changes)> Items)> shards)
    {
        await Task.Yield();
        foreach (var (shard, items) in shards)
        {
            bool? isStored = null;
            var begun = _parts.Clock.GetTimestamp();
            try
            {
                isStored = await _parts.Store.CheckpointAsync(shard.Lease, [.. items.Select(item => item.Checkpoint)], CancellationToken.None);
                _isStoringTroubled = false;
                DeliveryMetrics.CountCheckpoint(_parts.Clock.GetElapsedTime(begun));
                DeliveryMetrics.CountDeadLetters(isStored is true ? items.Sum(item => item.Checkpoint.DeadLetters.Length) : 0);
            }
#pragma warning disable CA1031 // The store may be away or full: what was settled is kept and stored later, and sending stops when there is too much.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                if (!_isStoringTroubled)
                {
                    _isStoringTroubled = true;
                    _logger.CheckpointFailed(problem);
                }

                await Task.Delay(_parts.Limits.CheckpointEvery, _parts.Clock, CancellationToken.None);
            }

            Post(() => AfterSaving(items, isStored));
        }

        Post(() =>
        {
            _tasks--;
            _isSaving = false;
        });
    }

    private void AfterSaving(List<(Runner Runner, DeliveryCheckpoint Checkpoint, ScheduleChanges Changes)> items, bool? isStored)
    {
        if (isStored is true)
        {
            foreach (var (runner, checkpoint, _) in items)
            {
                runner.Schedule.Stored();
                Say(runner.Row.Id, checkpoint.Notices);
            }
        }
        else if (isStored is null)
        {
            items.ForEach(item => item.Runner.PutBack(item.Checkpoint, item.Changes));
        }
        else
        {
            Lose(items[0].Runner.Row.Shard);
        }
    }

    /// <summary>Writes notices to the log of the server too. That of a webhook which is disabled is there already.</summary>
    private void Say(string subscription, ImmutableArray<DeliveryNotice> notices)
    {
        foreach (var notice in notices)
        {
            switch (notice.Kind)
            {
                case NoticeKind.Failing:
                    _logger.Failing(subscription, notice.Reason);
                    break;
                case NoticeKind.Recovered:
                    _logger.Recovered(subscription);
                    break;
                case NoticeKind.DeadLetter:
                    _logger.GivenUp(subscription, notice.Count ?? 1, notice.Sequence ?? 0, notice.Reason);
                    break;
                case NoticeKind.Expired:
                    _logger.Expired(subscription, notice.Sequence ?? 0);
                    break;
                default:
                    break;
            }
        }
    }
}
