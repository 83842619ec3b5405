using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;

namespace Cartulary.Core.Types.Changes;

/// <summary>
/// Makes, changes and removes the definitions of a catalog. Each change is a commit without events, from which on every plan is
/// made with the new types. Two at a time are made one after the other.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="ids">Makes guids and names.</param>
/// <param name="clock">Gives the time that definitions bear.</param>
public sealed class TypeEditor(ICatalogStore store, TypeRegistrySource types, IIdSource ids, TimeProvider clock) : IDisposable
{
    /// <summary>How often what is stored is looked through beside the saves, before they have to wait for it.</summary>
    private const int TriesBeside = 3;

    // Changes of this process would only make each other begin again.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>All or nothing: makes or changes the definitions of a request. Those that are what they were are not written again.</summary>
    public ValueTask<TypeChangeOutcome> SaveAsync(
        ImmutableArray<RequestedType> request, TypeChangeManner manner, CommitContext context, CancellationToken cancellationToken) =>
        ChangeAsync((registry, time) => new TypeChangePlanner(registry, types.IsBuiltIn, ids, context.Actor, time).Plan(request, manner), context, cancellationToken);

    /// <summary>
    /// All or nothing: removes definitions that nothing refers to and of which nothing is stored. Their numbers are never used
    /// again, and what is told of the past still knows them.
    /// </summary>
    /// <param name="targets">Their names, each with the place where the request names it.</param>
    /// <param name="context">Who asks for it.</param>
    /// <param name="cancellationToken">Stops the change until its commit begins.</param>
    public ValueTask<TypeChangeOutcome> RemoveAsync(
        ImmutableArray<(string Name, string Path)> targets, CommitContext context, CancellationToken cancellationToken) =>
        ChangeAsync((registry, time) => new TypeRemovalPlanner(registry, types.IsBuiltIn, context.Actor, time).Plan(targets), context, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async ValueTask<TypeChangeOutcome> ChangeAsync(
        Func<TypeRegistry, long, TypeChangePlan> plan, CommitContext context, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await ChangeInTurnAsync(plan, context, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<TypeChangeOutcome> ChangeInTurnAsync(
        Func<TypeRegistry, long, TypeChangePlan> plan, CommitContext context, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            TypeRegistry registry;
            TypeChangePlan planned;
            CommitNumber seen;
            await using (var session = await store.ReadAsync(cancellationToken))
            {
                seen = session.Head.Commit;
                registry = await types.ForAsync(session, cancellationToken);
                planned = plan(registry, Math.Max(session.Head.Time, clock.GetUtcNow().ToUnixTimeMilliseconds()));
                var problems = planned.Problems.IsEmpty ? await TypeUseSearch.FindAsync(session, planned.Uses, cancellationToken) : planned.Problems;
                if (!problems.IsEmpty)
                {
                    return new TypeChangeOutcome.Refused(problems);
                }
            }

            if (planned.Writes.IsEmpty)
            {
                return new TypeChangeOutcome.Done(registry, planned.Names);
            }

            if (await store.CommitTypesAsync(planned.Writes, registry.Version, context, GuardOf(planned.Uses, seen, tries), cancellationToken))
            {
                await using var session = await store.ReadAsync(cancellationToken);
                return new TypeChangeOutcome.Done(await types.ForAsync(session, cancellationToken), planned.Names);
            }
        }
    }

    /// <summary>
    /// What has been looked through is still so when nothing was committed since. When saves keep coming in between, it is looked
    /// through again in the writer's turn, so that the change gets done.
    /// </summary>
    private static TypeGuard? GuardOf(ImmutableArray<TypeUse> uses, CommitNumber seen, int tries) =>
        uses.IsEmpty ? null
        : tries <= TriesBeside ? (session, _) => new(session.Head.Commit == seen)
        : async (session, token) => (await TypeUseSearch.FindAsync(session, uses, token)).IsEmpty;
}
