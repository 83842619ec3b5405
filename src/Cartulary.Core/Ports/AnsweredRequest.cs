using Cartulary.Core.Events;

namespace Cartulary.Core.Ports;

/// <summary>A request that was answered before, by a commit.</summary>
/// <param name="Hash">The hash of the request.</param>
/// <param name="Answer">What of its answer the log does not tell; the layout is in docs/formats/stored-answer.md.</param>
/// <param name="Commit">Its commit.</param>
public sealed record AnsweredRequest(UInt128 Hash, ReadOnlyMemory<byte> Answer, LoggedCommit Commit);
