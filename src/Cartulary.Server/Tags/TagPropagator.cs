using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Tags;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Tags;

/// <summary>
/// Passes on the tags that saves leave for later, as long as this server is the one that does it. Owns its task: disposing ends
/// it after the commit under way.
/// </summary>
internal sealed class TagPropagator(
    TagJob job, ICatalogStore store, ILeases leases, IIdSource ids, TimeProvider clock, ILogger<TagPropagator> logger) : IAsyncDisposable
{
    private const string LeaseName = "tag propagation";
    private const int CountedMax = 1_000;

    // Hardly any commit leaves tags for later: a look after each of them would cost all of them.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly Guid _owner = ids.NewGuid();
    private Task _running = Task.CompletedTask;
    private long _pending;

    /// <summary>How many tags are still to be passed on, as of the last look.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    /// <summary>Starts.</summary>
    public void Start() => _running = RunAsync(_stop.Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await leases.TryTakeAsync(LeaseName, _owner, cancellationToken) is { } lease)
                {
                    await WorkAsync(lease, cancellationToken);
                }

                await Task.Delay(ILeases.RenewEvery, clock, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it was, saves and reads go on, and the next try may succeed.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                logger.PropagationFailed(problem);
                await Task.Delay(ILeases.RenewEvery, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Works until the lease is lost, or the server stops.</summary>
    private async Task WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        var renewed = clock.GetTimestamp();
        try
        {
            while (await HoldsAsync())
            {
                var head = store.Head;
                if (await job.StepAsync(async () => await HoldsAsync(), cancellationToken))
                {
                    await CountAsync(cancellationToken);
                }
                else
                {
                    Interlocked.Exchange(ref _pending, 0);
                    await WaitAsync(head, cancellationToken);
                    await Task.Delay(LookEvery, clock, cancellationToken);
                }
            }
        }
        finally
        {
            Interlocked.Exchange(ref _pending, 0);
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }

        async ValueTask<bool> HoldsAsync()
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            if (clock.GetElapsedTime(renewed) < ILeases.RenewEvery)
            {
                return true;
            }

            renewed = clock.GetTimestamp();
            return await leases.RenewAsync(lease, cancellationToken);
        }
    }

    /// <summary>Waits for a commit, but not so long that the lease is lost.</summary>
    private async Task WaitAsync(CatalogHead head, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(ILeases.RenewEvery, clock, waiting.Token);
        await Task.WhenAny(store.WaitForCommitAfterAsync(head, waiting.Token), pause);
        await waiting.CancelAsync();
    }

    private async ValueTask CountAsync(CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        Interlocked.Exchange(ref _pending, (await session.CountTagWorkAsync(CountedMax, cancellationToken)).Length);
    }
}
