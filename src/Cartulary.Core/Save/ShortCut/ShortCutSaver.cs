using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.ShortCut;

/// <summary>
/// Saves whole assets, and spares those that were sent before and changed nothing their second comparison. What it answers,
/// stores and tells is the same with and without it.
/// </summary>
/// <param name="store">The catalog; it must be one that can be watched.</param>
/// <param name="saver">Saves the long way.</param>
/// <param name="types">The catalog's types.</param>
/// <param name="limits">The limits of one save.</param>
/// <param name="cache">What is known; it follows the store.</param>
/// <param name="seed">Makes the fingerprints of this process unlike those of any other, so that nobody can prepare two bodies that share one.</param>
public sealed class ShortCutSaver(ICatalogStore store, Saver saver, TypeRegistrySource types, SaveLimits limits, VerdictCache cache, long seed)
{
    /// <summary>What is known of a body; null when it has to go the long way.</summary>
    /// <param name="body">The body.</param>
    /// <param name="shape">How it lists its assets.</param>
    /// <param name="flags">Which flags came with the request: the same bytes may mean something else with others.</param>
    /// <param name="manner">What the flags mean by tags and custom metadata.</param>
    /// <param name="actor">Who sends it.</param>
    /// <param name="terms">What else was asked for.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async ValueTask<KnownMembers?> LookAsync(ReadOnlyMemory<byte> body, BodyShape shape, byte flags, SaveManner manner, string actor, SaveTerms terms, CancellationToken cancellationToken)
    {
        var salted = unchecked(seed + ((long)shape << 32) + flags);
        if (BodySlicer.Slice(body.Span, shape, limits, salted) is not { } members)
        {
            return null;
        }

        // Where nothing was ever found to change nothing, a look at the head cannot make it known.
        var asOf = KnownMembers.AsOfNever;
        if (members.Exists(member => cache.Keeps(member.Fingerprint)))
        {
            await store.Watch!.CatchUpAsync(cancellationToken);
            asOf = cache.Observed;
        }

        var known = new KnownMembers(cache, body, shape, members, asOf) { Manner = manner };
        if (known.IsAll)
        {
            // Looked up last, on a state that is not older than the verdicts: a request that was answered before has this key still.
            if (terms.Key is { } key && await saver.WasAnsweredAsync(actor, key, cancellationToken))
            {
                return null;
            }

            SaveMetrics.CountUnchanged(known.Count, SaveMetrics.Bytes);
        }

        return known;
    }

    /// <summary>Saves a body of which not all is known.</summary>
    public async ValueTask<SaveOutcome> SaveAsync(KnownMembers known, CommitContext context, SaveTerms terms, CancellationToken cancellationToken) =>
        (known.Count > 0 ? await SaveOthersAsync(known, context, terms, cancellationToken) : null)
        ?? await SaveWholeAsync(known, context, terms, cancellationToken);

    /// <summary>Saves the members that are not known; null when the whole has to be looked at.</summary>
    private async ValueTask<SaveOutcome?> SaveOthersAsync(KnownMembers known, CommitContext context, SaveTerms terms, CancellationToken cancellationToken)
    {
        if (SaveRequestReader.ReadBulk(known.Body, types.Newest, limits, known.IsKnown).With(known.Manner) is not ReadOutcome.Understood others)
        {
            return null;
        }

        var found = new VerdictSink();
        var outcome = await saver.SaveOthersAsync(others.Request, known, () => Read(known), context, terms, found, cancellationToken);
        if (outcome is not null)
        {
            known.Learn(found, ofOthersOnly: true);
        }

        return outcome;
    }

    private async ValueTask<SaveOutcome> SaveWholeAsync(KnownMembers known, CommitContext context, SaveTerms terms, CancellationToken cancellationToken)
    {
        switch (Read(known))
        {
            case ReadOutcome.Understood understood:
                var found = new VerdictSink();
                var outcome = await saver.SaveAsync(understood.Request, context, terms, found, cancellationToken);
                known.Learn(found, ofOthersOnly: false);
                return outcome;
            case ReadOutcome.Refused refused:
                return await saver.ExplainAsync(refused, context, cancellationToken);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private ReadOutcome Read(KnownMembers known) => (known.Shape == BodyShape.Bulk
        ? SaveRequestReader.ReadBulk(known.Body, types.Newest, limits)
        : SaveRequestReader.ReadSingle(known.Body, types.Newest, limits)).With(known.Manner);
}
