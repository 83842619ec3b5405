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
    private readonly Channel<bool> _grown = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Database _database;
    private readonly ILogger _logger;
    private readonly Task _running;
    private int _pages;

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
                _database.CheckpointPassively();
            }
            catch (SqliteFailureException failure)
            {
                // The writer checkpoints too, so the log stays bounded; it only pays for it.
                Log.CheckpointFailed(_logger, failure);
            }
        }
    }
}
