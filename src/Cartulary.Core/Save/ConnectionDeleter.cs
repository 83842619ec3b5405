using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>
/// Deletes a connection with all that belongs to it, children before parents. A job that has begun keeps everybody else off
/// its members, and goes on until they are gone: after a crash with those that are left.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="saver">Carries out the steps.</param>
/// <param name="ids">Makes ids.</param>
/// <param name="clock">Gives jobs their times.</param>
public sealed class ConnectionDeleter(ICatalogStore store, TypeRegistrySource types, Saver saver, IIdSource ids, TimeProvider clock)
{
    private const string ConnectionType = "Connection";

    /// <summary>Longest name that can be given, in UTF-8 bytes: what is below it is found by the beginning of its name.</summary>
    private const int NameBytes = 1_000;

    /// <summary>How many assets a deletion would take; null with a problem when it cannot be.</summary>
    public async ValueTask<(long? Total, Problem? Problem)> CountAsync(string connection, bool purges, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        return await WhyNotAsync(session, registry, connection, cancellationToken) is { } problem
            ? (null, problem)
            : ((await MembersAsync(session, registry, connection, purges, cancellationToken)).Length, null);
    }

    /// <summary>
    /// Begins a job: from its commit on nobody else can save what it deletes, nor anything new below the connection. Where nothing
    /// is to be deleted, the job is done and not kept.
    /// </summary>
    public async ValueTask<(DeletionJob? Job, Problem? Problem)> StartAsync(string connection, bool purges, string actor, CancellationToken cancellationToken)
    {
        var id = ids.NewGuid();
        while (true)
        {
            await using var session = await store.ReadAsync(cancellationToken);
            var registry = await types.ForAsync(session, cancellationToken);
            if (await WhyNotAsync(session, registry, connection, cancellationToken) is { } problem)
            {
                return (null, problem);
            }

            var members = await MembersAsync(session, registry, connection, purges, cancellationToken);
            var job = new DeletionJob(id, connection, purges, actor, clock.GetUtcNow().ToUnixTimeMilliseconds(), members.Length);
            if (members.IsEmpty)
            {
                return (job with { State = JobState.Done, Ended = job.Started }, null);
            }

            if (await store.CommitJobAsync(job, registry.Version, ContextOf(job), cancellationToken))
            {
                return (job, null);
            }
        }
    }

    /// <summary>What is left of a job, in the order in which it goes.</summary>
    public async ValueTask<ImmutableArray<AssetId>> RemainingAsync(DeletionJob job, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        return await MembersAsync(session, registry, job.Connection, job.Purges, cancellationToken);
    }

    /// <summary>Deletes some members of a job in one commit; those that are gone already are passed over. Cancellation applies until the commit begins.</summary>
    public ValueTask<SaveOutcome> StepAsync(DeletionJob job, ImmutableArray<AssetId> members, CancellationToken cancellationToken) => saver.SaveAsync(
        SaveRequest.DeleteStep(new RunningDeletion(job.Id, job.Connection), members, job.Purges ? DeletionKind.Purge : DeletionKind.Archive),
        ContextOf(job),
        cancellationToken);

    /// <summary>Ends a job, which lets everybody save again; nothing happens when it has ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="problem">Why it has failed; null when it is done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask EndAsync(DeletionJob job, string? problem, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var session = await store.ReadAsync(cancellationToken);
            if (await session.FindJobAsync(job.Id, cancellationToken) is not { State: JobState.Running } present)
            {
                return;
            }

            var ended = present with
            {
                State = problem is null ? JobState.Done : JobState.Failed,
                Done = problem is null ? present.Total : present.Done,
                Ended = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                Problem = problem,
            };
            if (await store.CommitJobAsync(ended, session.Head.RegistryVersion, ContextOf(job), cancellationToken))
            {
                return;
            }
        }
    }

    private CommitContext ContextOf(DeletionJob job) => new(
        ids.NewGuid(),
        job.Actor,
        "job",
        job.Purges ? DeleteHandlers.Purge : DeleteHandlers.Soft,
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(FeedFold.JobHeader, job.Id.ToString("D")));

    private static async ValueTask<Problem?> WhyNotAsync(IReadSession session, TypeRegistry registry, string connection, CancellationToken cancellationToken)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(connection) > NameBytes)
        {
            return new Problem(ErrorCodes.InvalidValue, "connection", $"invalid value: the name of a connection may have {NameBytes} bytes");
        }

        var asked = new RunningDeletion(Guid.Empty, connection);
        if (registry.Settings.Deletions.FirstOrDefault(other => other.Covers(connection, null) || asked.Covers(other.Connection, null)) is { } running)
        {
            return new Problem(ErrorCodes.BeingDeleted, "connection", $"job {running.Job} is deleting {running.Connection}: see /api/jobs/{running.Job}");
        }

        var matches = await session.FindByKeyAsync([new AssetKey(NameKind(registry), connection)], cancellationToken);
        return matches.Any(match => registry.Entity(match.TypeId).Is(ConnectionType))
            ? null
            : new Problem(ErrorCodes.NotFoundByAttribute, "connection", $"Instance {ConnectionType} with unique attribute {{qualifiedName={connection}}} does not exist");
    }

    /// <summary>
    /// The members, in the order in which they go. First what has a name elsewhere: mostly processes, which nothing is below.
    /// Then names in descending order, which has everything before what its name begins with, and the connection comes last.
    /// </summary>
    private static async ValueTask<ImmutableArray<AssetId>> MembersAsync(
        IReadSession session, TypeRegistry registry, string connection, bool purges, CancellationToken cancellationToken)
    {
        var names = NameKind(registry);
        var justAfter = connection + "\u0001";
        return
        [
            .. await session.FindBetweenAsync(DerivedKeys.Connection, connection, justAfter, !purges, cancellationToken),
            .. await session.FindBetweenAsync(names, connection + "/", connection + "0", !purges, cancellationToken),
            .. await session.FindBetweenAsync(names, connection, justAfter, !purges, cancellationToken),
        ];
    }

    private static int NameKind(TypeRegistry registry) => registry.FindEntity("Referenceable")!.Attribute("qualifiedName")!.Id;
}
