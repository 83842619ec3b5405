using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Types;
using Cartulary.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Jobs;

/// <summary>
/// Carries out the jobs that run, those too that another server or an earlier run of this one has begun. One server at a time
/// does them, by a lease; should two work on it all the same, the one that comes second with an asset passes it over. Owns its
/// task: disposing ends it after the commit under way, and the job goes on at the next start.
/// </summary>
internal sealed class JobRunner(
    ICatalogStore store,
    TypeRegistrySource types,
    ConnectionDeleter deleter,
    ILeases leases,
    JobOptions options,
    SaveLimits limits,
    IIdSource ids,
    TimeProvider clock,
    ILogger<JobRunner> logger) : IAsyncDisposable
{
    private const string Work = "jobs";

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Guid _owner = ids.NewGuid();
    private Task _running = Task.CompletedTask;

    /// <summary>Starts to look for jobs.</summary>
    public void Start() => _running = RunAsync(_stop.Token);

    /// <summary>There may be a job to do.</summary>
    public void Wake() => _news.Release();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _news.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                foreach (var deletion in await RunningAsync(cancellationToken))
                {
                    await TryRunAsync(deletion, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it was, saves and reads go on, and the next look may succeed.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                logger.LookingFailed(failure);
            }

            await WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task WaitAsync(CancellationToken cancellationToken) => _news.WaitAsync(ILeases.RenewEvery, cancellationToken);

    private async ValueTask<ImmutableArray<RunningDeletion>> RunningAsync(CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        return (await types.ForAsync(session, cancellationToken)).Settings.Deletions;
    }

    /// <summary>Works on a job, unless another server does.</summary>
    private async Task TryRunAsync(RunningDeletion deletion, CancellationToken cancellationToken)
    {
        if (await leases.TryTakeAsync(Work, _owner, cancellationToken) is not { } lease)
        {
            return;
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewAsync(lease, lost);
        try
        {
            await RunAsync(deletion.Job, lost.Token);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Another server has the work by now, or will have it.
        }
        catch (StoreFailureException failure)
        {
            logger.JobInterrupted(deletion.Job, failure);
        }
        finally
        {
            await lost.CancelAsync();
            await renewing;
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    /// <summary>Renews a lease for as long as nobody cancels; cancels when it is lost.</summary>
    private async Task RenewAsync(Lease lease, CancellationTokenSource lost)
    {
        try
        {
            do
            {
                await Task.Delay(ILeases.RenewEvery, clock, lost.Token);
            }
            while (await leases.RenewAsync(lease, lost.Token));
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (StoreFailureException)
        {
            // The lease runs out while the database is away; who comes back first takes it.
        }

        await lost.CancelAsync();
    }

    private async Task RunAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { State: JobState.Running } job)
        {
            return;
        }

        var left = await deleter.RemainingAsync(job, cancellationToken);
        if (left.Length == job.Total)
        {
            logger.JobBegun(job.Id, job.Total, job.Connection);
        }
        else
        {
            logger.JobResumed(job.Id, left.Length);
        }

        // In one commit where the limits allow it, which a resumed job is too late for.
        var most = left.Length <= limits.ChangedAssetsPerSave && left.Length == job.Total ? left.Length : options.StepAssets;
        while (!left.IsEmpty)
        {
            var step = left[..Math.Min(Math.Max(1, most), left.Length)];
            if (await deleter.StepAsync(job, step, cancellationToken) is SaveOutcome.Rejected rejected)
            {
                if (step.Length == 1 || !rejected.Problems.All(problem => problem.Code.Equals(ErrorCodes.SaveTooLarge)))
                {
                    await FailAsync(job, rejected.Problems, cancellationToken);
                    return;
                }

                // What goes tells too many neighbours at once.
                most = Math.Min(options.StepAssets, step.Length / 2);
                continue;
            }

            left = left[step.Length..];
            await store.NoteProgressAsync(job.Id, job.Total - left.Length, cancellationToken);
        }

        await deleter.EndAsync(job, problem: null, cancellationToken);
        logger.JobDone(job.Id);
    }

    private async Task FailAsync(DeletionJob job, ImmutableArray<Problem> problems, CancellationToken cancellationToken)
    {
        var reason = string.Join("; ", problems.Take(3).Select(problem => $"{problem.Code.Code} {problem.Message}"));
        await deleter.EndAsync(job, reason, cancellationToken);
        logger.JobFailed(job.Id, reason);
    }

    private async ValueTask<DeletionJob?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        return await session.FindJobAsync(id, cancellationToken);
    }
}
