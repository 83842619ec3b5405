namespace Cartulary.Core.Ports;

/// <summary>A place in the order of commits: 1, 2, 3 … without gaps. Zero is before the first commit.</summary>
/// <param name="Value">The number.</param>
public readonly record struct CommitNumber(long Value);
