using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Events;

/// <summary>
/// Follows the feed. No event is shown twice or left out, whatever happens to the server in between; if the server comes back
/// with another log, where numbers mean something else, it stops and says so.
/// </summary>
internal sealed class EventTail(CatalogClient client, EventWriter writer, Terminal terminal, TimeProvider clock)
{
    private const int WaitSeconds = 30;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private string? _log;
    private long _last;
    private int _failures;

    /// <summary>Follows until cancelled, which is how it is meant to end.</summary>
    public async Task<int> RunAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        try
        {
            _last = request.After ?? await client.ReadHeadAsync(cancellationToken);
            while (await FollowAsync(request with { After = _last, WaitSeconds = WaitSeconds }, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Note($"resume with --after {_last}");
            return ExitCode.Done;
        }
    }

    private async Task<bool> FollowAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.ReadEventsAsync(request, cancellationToken);
            if (_log is not null && _log != page.Log)
            {
                terminal.Fail($"the server now has another log ({page.Log} instead of {_log}), so sequence {_last} means nothing there");
                terminal.Note("It was restored or replaced. Read its events from the start: cartulary events tail --after 0");
                return false;
            }

            await ShowAsync(page, cancellationToken);
            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or CatalogException { IsTransient: true } or IOException)
        {
            await PauseAsync(failure, cancellationToken);
            return true;
        }
    }

    private async Task ShowAsync(FeedPage page, CancellationToken cancellationToken)
    {
        if (_failures > 0)
        {
            terminal.Note("connected again");
        }

        (_log, _failures) = (page.Log, 0);
        foreach (var told in page.Events)
        {
            await writer.WriteAsync(told, cancellationToken);
            _last = told.Sequence;
        }

        _last = Math.Max(_last, page.Next);
    }

    private async Task PauseAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (_failures++ == 0)
        {
            terminal.Note($"lost the server ({failure.Message}); trying again");
        }

        var pause = TimeSpan.FromSeconds(Math.Min(0.25 * Math.Pow(2, Math.Min(_failures, 10)), LongestPause.TotalSeconds));
        await Task.Delay(pause, clock, cancellationToken);
    }
}
