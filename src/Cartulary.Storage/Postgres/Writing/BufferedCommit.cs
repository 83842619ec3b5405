using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>A commit with all its numbers, whose row is not written yet.</summary>
/// <param name="Counters">As they were when it began, its own number and time included.</param>
/// <param name="FirstSequence">The sequence of its first event.</param>
/// <param name="Count">How many events it holds.</param>
/// <param name="Context">Who saved.</param>
/// <param name="Plan">What was written; null for a change of types.</param>
/// <param name="Shortens">Whether a list of partners may have become shorter by it.</param>
/// <param name="Numbers">The numbers of its events.</param>
/// <param name="Lists">The lists of each of its events.</param>
internal sealed record BufferedCommit(
    Counters Counters,
    long FirstSequence,
    int Count,
    CommitContext Context,
    CommitPlan? Plan,
    bool Shortens,
    IReadOnlyList<EventNumbers> Numbers,
    ImmutableArray<List<BufferedList>> Lists);

/// <summary>A list of partners that goes into an event, but for their names.</summary>
/// <param name="Request">What the plan asked for.</param>
/// <param name="Partners">The partners, each with its revision after the commit.</param>
internal sealed record BufferedList(EndListRequest Request, List<(long Revision, PartnerRow Row)> Partners);
