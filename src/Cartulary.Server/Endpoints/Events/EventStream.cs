using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>
/// One open stream: a place in the log and at most one page of events, which it sends before it takes the next. A reader that
/// is slow therefore costs no memory and loses nothing; one that stands still is let go. While nothing happens it holds no
/// thread and no snapshot of the store.
/// </summary>
internal sealed class EventStream(EventFeed feed, ICatalogStore store, StreamOptions options, TimeProvider clock, HttpContext http) : IDisposable
{
    // Flushing more seldom saves calls, and more often would not: the connection buffers so much itself.
    private const int FlushBytes = 32 * 1024;
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private readonly PipeWriter _body = http.Response.BodyWriter;
    private readonly long _started = clock.GetTimestamp();
    private CancellationTokenSource _waiting = new();
    private long _lastWrite;
    private int _unflushed;

    private TimeSpan Heartbeat => TimeSpan.FromSeconds(options.HeartbeatSeconds);

    /// <summary>
    /// Sends events until the reader goes, the lifetime is over, the server stops, the place has been trimmed, or another log has
    /// taken the place of the one that was begun: there its place means something else.
    /// </summary>
    /// <returns>False when the reader stood still and its connection was closed.</returns>
    public async Task<bool> RunAsync(FeedQuery query, Guid log, TimeSpan lifetime, CancellationToken stopping)
    {
        using var gone = http.RequestAborted.UnsafeRegister(static stream => ((EventStream)stream!).Wake(), this);
        using var stopped = stopping.UnsafeRegister(static stream => ((EventStream)stream!).Wake(), this);
        Write(string.Create(CultureInfo.InvariantCulture, $"retry: {options.RetryMilliseconds}\n\n"));
        var (reader, after) = (feed.ReaderOf(query), query.After);
        while (await TryFlushAsync(stopping))
        {
            if (IsOver(lifetime, stopping))
            {
                return true;
            }

            var page = await reader.ReadAsync(after, query.Limit, http.RequestAborted);
            if (page.Head.LogId != log)
            {
                return await TryFlushAsync(stopping);
            }

            if (!await TrySendAsync(page, lifetime, stopping))
            {
                return false;
            }

            if (page.IsTrimmed || IsOver(lifetime, stopping))
            {
                return await TryFlushAsync(stopping);
            }

            after = page.Next;
            TellPlace(page.Next);
            if (_unflushed == 0 && page.Next >= page.Head.Sequence)
            {
                await WaitAsync(page, lifetime);
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _waiting.Dispose();

    private bool IsOver(TimeSpan lifetime, CancellationToken stopping) =>
        stopping.IsCancellationRequested || http.RequestAborted.IsCancellationRequested || clock.GetElapsedTime(_started) >= lifetime;

    /// <summary>Sends a page, or less of it when the stream is over; false when the reader was let go.</summary>
    private async ValueTask<bool> TrySendAsync(FeedPage page, TimeSpan lifetime, CancellationToken stopping)
    {
        foreach (var item in page.Events)
        {
            _body.Write(item.Frame.Span);
            _unflushed += item.Frame.Length;
            _lastWrite = clock.GetTimestamp();
            if (_unflushed >= FlushBytes && !await TryFlushAsync(stopping))
            {
                return false;
            }

            if (IsOver(lifetime, stopping))
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>After a long silence, says that the stream lives and how far it has come: a reader whose filter lets little pass keeps its place.</summary>
    private void TellPlace(long examined)
    {
        if (clock.GetElapsedTime(_lastWrite) >= Heartbeat)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $": hb\nid: {examined}\n\n"));
        }
    }

    /// <summary>Waits for the next commit, or until there is something else to do.</summary>
    private async ValueTask WaitAsync(FeedPage page, TimeSpan lifetime)
    {
        var silence = Heartbeat - clock.GetElapsedTime(_lastWrite);
        var left = lifetime - clock.GetElapsedTime(_started);
        var time = left < silence ? left : silence;
        try
        {
            _waiting.CancelAfter(time > ShortestWait ? time : ShortestWait);
            await store.WaitForCommitAfterAsync(page.Head, _waiting.Token);
        }
        catch (OperationCanceledException) when (_waiting.IsCancellationRequested)
        {
            // The time is up, the reader has gone, or the server stops: the caller looks which.
        }

        if (!_waiting.TryReset())
        {
            _waiting = new CancellationTokenSource();
        }
    }

    private void Wake() => _waiting.Cancel();

    private void Write(string text)
    {
        _unflushed += (int)Encoding.ASCII.GetBytes(text, _body);
        _lastWrite = clock.GetTimestamp();
    }

    /// <summary>Hands on what was written. False when the reader takes nothing any more and was let go.</summary>
    private async ValueTask<bool> TryFlushAsync(CancellationToken stopping)
    {
        if (_unflushed == 0)
        {
            return true;
        }

        _unflushed = 0;
        var flush = _body.FlushAsync(http.RequestAborted);
        if (flush.IsCompletedSuccessfully)
        {
            await flush;
            return true;
        }

        var pending = flush.AsTask();
        try
        {
            await pending.WaitAsync(TimeSpan.FromSeconds(options.StalledSeconds), clock, stopping);
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Task.WhenAny(pending, Task.Delay(LastFlush, clock, http.RequestAborted));
        }
        catch (TimeoutException)
        {
        }

        if (!pending.IsCompletedSuccessfully)
        {
            http.Abort();
        }

        return pending.IsCompletedSuccessfully;
    }
}
