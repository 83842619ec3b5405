using System.Net;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Events;

/// <summary>
/// Follows the event stream. No event is shown twice or left out, whatever happens to the server in between; where that cannot
/// be promised any more, since the server has another log or has trimmed what comes next, it stops and says so.
/// </summary>
internal sealed class EventTail(CatalogClient client, EventWriter writer, Terminal terminal, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.25);

    private string? _log;
    private long? _last;
    private int _failures;

    /// <summary>Follows until cancelled, which is how it is meant to end.</summary>
    public async Task<int> RunAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        _last = request.After;
        try
        {
            while (await FollowAsync(request, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Note(_last is { } last ? $"resume with --after {last}" : "stopped");
            return ExitCode.Done;
        }
    }

    /// <summary>Shows one stream to its end; false when there is nothing to go on with.</summary>
    private async Task<bool> FollowAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await FindPlaceAsync(cancellationToken);
            await using var stream = await client.OpenStreamAsync(request, _last!.Value, _log!, cancellationToken);
            await ShowAsync(stream, cancellationToken);
            await Task.Delay(ShortestPause, clock, cancellationToken);
            return true;
        }
        catch (CatalogException refusal) when (refusal.Status is HttpStatusCode.Gone or HttpStatusCode.Conflict)
        {
            Explain(refusal);
            return false;
        }
        catch (Exception failure) when (failure is HttpRequestException or CatalogException { IsTransient: true } or IOException)
        {
            await PauseAsync(failure, cancellationToken);
            return true;
        }
    }

    /// <summary>Which log it is, and where to begin when nobody said so.</summary>
    private async Task FindPlaceAsync(CancellationToken cancellationToken)
    {
        if (_log is null)
        {
            var head = await client.ReadBoundsAsync(cancellationToken);
            _log = head.Log;
            _last ??= head.Head;
        }
    }

    private async Task ShowAsync(EventStream stream, CancellationToken cancellationToken)
    {
        if (_failures > 0)
        {
            terminal.Note("connected again");
        }

        _failures = 0;
        await foreach (var told in stream.ReadAsync(cancellationToken))
        {
            await writer.WriteAsync(told, cancellationToken);
            _last = told.Sequence;
        }

        _last = Math.Max(_last!.Value, stream.Examined);
    }

    private void Explain(CatalogException refusal)
    {
        terminal.Fail($"{refusal.Message} ({refusal.Code})");
        terminal.Note(refusal.Status == HttpStatusCode.Gone
            ? $"Events after {_last} are no longer kept. What the catalog is now: GET /api/events/snapshot; what comes: cartulary events tail"
            : $"The server was restored or replaced, so sequence {_last} means something else there. Read its events from the start: cartulary events tail --after 0");
    }

    private async Task PauseAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (_failures++ == 0)
        {
            terminal.Note($"lost the server ({failure.Message}); trying again");
        }

        var pause = ShortestPause * Math.Pow(2, Math.Min(_failures, 10));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, cancellationToken);
    }
}
