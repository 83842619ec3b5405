using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Delivery.Subscriptions;

namespace Cartulary.Delivery.Dispatch;

internal sealed partial class Pump
{
    private ReadEvents ReaderFor(Subscription wanted) =>
        _parts.Feed.ReaderOf(wanted.Query(after: 0, limit: 1) with { PageBytes = _parts.Limits.PageBytes }).ReadAsync;

    /// <summary>Reads on for those who want more: for all near the head one after another, since they share what they find, and for some of those behind each by itself.</summary>
    private void Read(CatalogHead head)
    {
        var near = new List<Runner>();
        foreach (var runner in _runners.Values.Where(runner => runner.WantsToRead(head.Sequence)))
        {
            var isBehind = head.Sequence - PageOf(runner).After > _parts.Limits.PageEvents;
            if (!isBehind)
            {
                near.Add(runner);
            }
            else if (_readersBehind < _parts.Limits.ReadersBehind)
            {
                _readersBehind++;
                BeginReading([runner], () => _readersBehind--);
            }
        }

        if (near.Count > 0)
        {
            BeginReading(near, static () => { });
        }
    }

    private void BeginReading(List<Runner> runners, Action end)
    {
        _tasks++;
        runners.ForEach(static runner => runner.IsReading = true);
        var places = runners.ConvertAll(runner => (runner, PageOf(runner), runner.IsHalted));
        _ = ReadAsync(places, end);
    }

    private (long After, int Limit) PageOf(Runner runner) => runner.NextPage(Math.Min(_parts.Limits.PageEvents, _parts.Policy.WindowEvents));

    private async Task ReadAsync(List<(Runner Runner, (long After, int Limit) Next, bool IsLook)> places, Action end)
    {
        await Task.Yield();
        // Most of very many find nothing for them: these are taken in together.
        var others = new List<(Runner Runner, FeedPage? Page, bool IsLook)>();
        var (hasFailed, isAway) = (false, false);
        foreach (var (runner, next, isLook) in places)
        {
            FeedPage? page = null;
            try
            {
                page = isAway ? null : await runner.Read(next.After, next.Limit, _abort.Token);
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                isAway = true;
            }
#pragma warning disable CA1031 // The store may be away, for all then, or the log damaged somewhere; the next reading tells again.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                _logger.ReadingFailed(runner.Row.Id, problem);
                (hasFailed, isAway) = (true, problem is not InvalidDataException);
            }

            if (page is { Events.IsEmpty: false })
            {
                Post(() => TakeIn(runner, page, isLook));
            }
            else
            {
                others.Add((runner, page, isLook));
            }
        }

        if (hasFailed)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _parts.Clock, _abort.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Post(() =>
        {
            _tasks--;
            end();
            others.ForEach(other => TakeIn(other.Runner, other.Page, other.IsLook));
        });
    }

    private void TakeIn(Runner runner, FeedPage? page, bool isLook)
    {
        runner.IsReading = false;
        if (page is null || page.Head.LogId != runner.Log || _runners.GetValueOrDefault(runner.Row.Id) != runner)
        {
            return;
        }

        if (isLook)
        {
            runner.Look(page);
            return;
        }

        runner.Take(page);
        if (!page.Events.IsEmpty)
        {
            Enqueue(runner);
        }
    }
}
