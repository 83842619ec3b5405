using System.Threading.Channels;
using Cartulary.Storage.Sqlite.Connections;
using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, so that the writer's own checkpoints find little left to
/// do. It sleeps until the log has grown.
/// </summary>
internal sealed class Checkpointer : IAsyncDisposable
{
    private const int PagesMin = 500;

    // Readers that overlap without a pause keep SQLite from beginning the log anew, however often it is copied. From this
    // length on (64 MiB) it is emptied, for which the writer stands still until the oldest readers are done.
    private const int LongLogPages = 16_384;
    private const int EmptyingMilliseconds = 1_000;
    private readonly Channel<bool> _grown = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Database _database;
    private readonly ILogger _logger;
    private readonly Task _running;
    private int _pages;
    private int _longLog = LongLogPages;

    /// <summary>Starts; the database becomes its own.</summary>
    public Checkpointer(Database database, ILogger logger)
    {
        _database = database;
        _logger = logger;
        _running = RunAsync();
    }

    /// <summary>The writer tells how much it has written; only the writer calls this.</summary>
    public void Grown(int pages)
    {
        _pages += pages;
        if (_pages >= PagesMin)
        {
            _pages = 0;
            _grown.Writer.TryWrite(true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _grown.Writer.TryComplete();
        await _running;
        _database.Dispose();
    }

    private async Task RunAsync()
    {
        await foreach (var _ in _grown.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                Checkpoint();
            }
            catch (SqliteFailureException failure)
            {
                // The writer checkpoints too, so the log stays bounded; it only pays for it.
                Log.CheckpointFailed(_logger, failure);
            }
        }
    }

    /// <summary>When a reader takes too long, emptying waits until the log is half as long again, so that the writer seldom stands still.</summary>
    private void Checkpoint()
    {
        var pages = _database.CheckpointPassively();
        if (pages >= _longLog)
        {
            _longLog = _database.TryEmptyLog(EmptyingMilliseconds) ? LongLogPages : pages + (pages / 2);
        }
    }
}
