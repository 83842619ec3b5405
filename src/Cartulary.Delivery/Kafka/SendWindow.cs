namespace Cartulary.Delivery.Kafka;

/// <summary>
/// Events that are on their way, in the order of the log. The position moves over an event when all of its records are acknowledged and all events before it
/// are done. Safe to use from several threads.
/// </summary>
/// <param name="position">Everything up to this sequence is done.</param>
public sealed class SendWindow(long position)
{
    private readonly Lock _changing = new();
    private readonly Queue<Entry> _entries = new();
    private TaskCompletionSource? _waiting;
    private long _position = position;
    private int _records;
    private long _bytes;

    /// <summary>Everything up to this sequence is done.</summary>
    public long Position
    {
        get
        {
            lock (_changing)
            {
                return _position;
            }
        }
    }

    /// <summary>The commit time of the first event that is not done, epoch milliseconds; null when none is on its way.</summary>
    public long? OldestTime
    {
        get
        {
            lock (_changing)
            {
                return _entries.TryPeek(out var first) ? first.Time : null;
            }
        }
    }

    /// <summary>Passes over an event that need not be sent.</summary>
    public void PassOver(long sequence)
    {
        lock (_changing)
        {
            _entries.Enqueue(new Entry(sequence, Guid.Empty, 0, 0));
            Advance();
        }
    }

    /// <summary>Takes in an event that is about to be sent.</summary>
    public Entry Begin(long sequence, Guid asset, long time, int records, long bytes)
    {
        var entry = new Entry(sequence, asset, time, bytes) { Left = records };
        lock (_changing)
        {
            _entries.Enqueue(entry);
            _records += records;
            _bytes += bytes;
        }

        return entry;
    }

    /// <summary>One record of an event is acknowledged.</summary>
    /// <returns>Whether the event is whole at the brokers.</returns>
    public bool Acknowledge(Entry entry)
    {
        TaskCompletionSource? waiting = null;
        lock (_changing)
        {
            _records--;
            if (--entry.Left > 0)
            {
                return false;
            }

            _bytes -= entry.Bytes;
            Advance();
            (waiting, _waiting) = (_waiting, null);
        }

        waiting?.SetResult();
        return true;
    }

    /// <summary>Waits until there is room; one event always has it.</summary>
    public Task RoomAsync(int recordsMax, long bytesMax, CancellationToken cancellationToken) =>
        UntilAsync(() => _records == 0 || (_records < recordsMax && _bytes < bytesMax), cancellationToken);

    /// <summary>Waits until nothing is on its way.</summary>
    public Task EmptyAsync(CancellationToken cancellationToken) => UntilAsync(() => _entries.Count == 0, cancellationToken);

    private async Task UntilAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_changing)
            {
                if (isSo())
                {
                    return;
                }

                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                more = _waiting.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    private void Advance()
    {
        while (_entries.TryPeek(out var first) && first.Left == 0)
        {
            _position = first.Sequence;
            _entries.Dequeue();
        }
    }

    /// <summary>An event that is on its way.</summary>
    public sealed class Entry
    {
        internal Entry(long sequence, Guid asset, long time, long bytes)
        {
            Sequence = sequence;
            Asset = asset;
            Time = time;
            Bytes = bytes;
        }

        /// <summary>Its place in the log.</summary>
        public long Sequence { get; }

        /// <summary>The asset it is about.</summary>
        public Guid Asset { get; }

        internal long Time { get; }

        internal long Bytes { get; }

        internal int Left { get; set; }
    }
}
