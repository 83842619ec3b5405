using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>
/// Looks at the head. Whoever asks while a look is under way shares the next one with all others who do: a look that began
/// before may not show what they have been told of.
/// </summary>
/// <param name="source">Where to look.</param>
/// <param name="tracker">What is told of what is seen.</param>
/// <param name="onOtherLog">Called when the database has another log than was known, or has lost a part of it.</param>
internal sealed class HeadLooker(NpgsqlDataSource source, HeadTracker tracker, Func<CancellationToken, ValueTask> onOtherLog)
{
    // As for snapshots: a pooled connection may have been cut while nobody used it.
    private const int TriesMax = 3;

    private readonly Lock _asking = new();
    private Task<HeadRow>? _current;
    private Task<HeadRow>? _next;

    /// <summary>The head as it is at some moment after the call.</summary>
    public Task<HeadRow> LookAsync(CancellationToken cancellationToken)
    {
        lock (_asking)
        {
            if (_next is null && _current is not { IsCompleted: false })
            {
                _current = LookAsync();
                return _current.WaitAsync(cancellationToken);
            }

            _next ??= LookAfterAsync(_current!);
            return _next.WaitAsync(cancellationToken);
        }
    }

    private async Task<HeadRow> LookAfterAsync(Task current)
    {
        await current.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_asking)
        {
            (_current, _next) = (_next, null);
        }

        return await LookAsync();
    }

    private async Task<HeadRow> LookAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var look = await LookOnceAsync();
                if (look.IsSameLog && tracker.See(look.Row, look.News))
                {
                    return look.Row;
                }

                await onOtherLog(CancellationToken.None);
            }
            catch (NpgsqlException failure) when (Failures.IsTransient(failure))
            {
                if (attempt >= TriesMax)
                {
                    throw Failures.Told(failure);
                }
            }
        }
    }

    private async Task<HeadLook> LookOnceAsync()
    {
        var seen = tracker.Seen;
        await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection);
        HeadLook.AddTo(batch, seen, tracker.Told);
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        return await HeadLook.ReadAsync(reader, seen, CancellationToken.None);
    }
}
