namespace Cartulary.Core.Ports.Delivery;

/// <summary>A sink, which carries the whole log to another system, with how far it has come.</summary>
/// <param name="Name">Names it.</param>
/// <param name="Revision">Rises with every change by people, and when another log takes the place of the one it reads; from 1.</param>
/// <param name="Log">The log that <paramref name="Position"/> is a place of.</param>
/// <param name="Position">Everything up to this sequence is at the other system, or was skipped by somebody's wish.</param>
/// <param name="Target">Where it goes to, such as a topic.</param>
/// <param name="Partitions">How many partitions the target has, on which the order relies; null while nothing has been sent.</param>
/// <param name="Accepted">The new number of partitions that somebody has agreed to; null for none.</param>
/// <param name="Trouble">What is wrong with it; null when nothing is.</param>
public sealed record SinkRow(string Name, long Revision, Guid Log, long Position, string Target, int? Partitions, int? Accepted, SinkTrouble? Trouble);
