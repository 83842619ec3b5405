using System.Collections.Immutable;

namespace Cartulary.Core.Ports;

/// <summary>The numbers a store gave to a commit.</summary>
/// <param name="Commit">The commit's number.</param>
/// <param name="FirstSequence">The sequence of its first event.</param>
/// <param name="Time">Its time, epoch milliseconds.</param>
/// <param name="Versions">The public version each subject of the plan has now, by its place in <see cref="CommitPlan.Subjects"/>; zero for those that did not change.</param>
public sealed record CommitReceipt(CommitNumber Commit, long FirstSequence, long Time, ImmutableArray<long> Versions);
