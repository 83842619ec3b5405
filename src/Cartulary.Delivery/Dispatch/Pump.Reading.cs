using Cartulary.Core.Events;
using Cartulary.Core.Ports;

namespace Cartulary.Delivery.Dispatch;

internal sealed partial class Pump
{
    private void Read(Runner runner, CatalogHead head)
    {
        var isLook = runner.IsHalted;
        var query = runner.Reading(Math.Min(_parts.Limits.PageEvents, _parts.Policy.WindowEvents)) with { PageBytes = _parts.Limits.PageBytes };
        var isBehind = head.Sequence - query.After > _parts.Limits.PageEvents;
        if (isBehind && _readersBehind >= _parts.Limits.ReadersBehind)
        {
            return;
        }

        runner.IsReading = true;
        _readersBehind += isBehind ? 1 : 0;
        var reading = _parts.Feed.ReadAsync(query, _abort.Token);
        if (reading.IsCompletedSuccessfully)
        {
            _readersBehind -= isBehind ? 1 : 0;
            TakeIn(runner, reading.GetAwaiter().GetResult(), isLook);
            if (runner.WantsToRead(head.Sequence))
            {
                Post(static () => { });
            }

            return;
        }

        _tasks++;
        _ = FinishReadingAsync(runner, reading.AsTask(), isBehind, isLook);
    }

    private async Task FinishReadingAsync(Runner runner, Task<FeedPage> reading, bool isBehind, bool isLook)
    {
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var page = reading.IsCompletedSuccessfully ? await reading : null;
        if (page is null && !_abort.IsCancellationRequested)
        {
            _logger.ReadingFailed(runner.Row.Id, reading.Exception?.InnerException);
            await Task.Delay(TimeSpan.FromSeconds(1), _parts.Clock, _abort.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Post(() =>
        {
            _tasks--;
            _readersBehind -= isBehind ? 1 : 0;
            runner.IsReading = false;
            if (page is not null && _runners.GetValueOrDefault(runner.Row.Id) == runner)
            {
                TakeIn(runner, page, isLook);
            }
        });
    }

    private void TakeIn(Runner runner, FeedPage page, bool isLook)
    {
        runner.IsReading = false;
        if (page.Head.LogId != runner.Log)
        {
            return;
        }

        if (isLook)
        {
            runner.Look(page);
            return;
        }

        runner.Take(page);
        Enqueue(runner);
    }
}
