using Cartulary.Core.Ports;

namespace Cartulary.Core.Events;

/// <summary>A commit as the log keeps it.</summary>
/// <param name="Commit">Its number.</param>
/// <param name="FirstSequence">The sequence of its first event.</param>
/// <param name="Count">How many events it holds.</param>
/// <param name="Time">Its time, epoch milliseconds.</param>
/// <param name="Context">Who saved, and by which request.</param>
/// <param name="Log">The encoded events; read with <see cref="CommitLog.Decode"/>.</param>
public sealed record LoggedCommit(
    CommitNumber Commit, long FirstSequence, int Count, long Time, CommitContext Context, ReadOnlyMemory<byte> Log);
