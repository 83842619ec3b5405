namespace Cartulary.Storage.Commits;

/// <summary>How saves that wait are gathered into transactions.</summary>
/// <param name="QueueCapacity">How many may wait; further ones wait to be let in.</param>
/// <param name="MembersMax">How many may share a transaction.</param>
/// <param name="RowsMax">How many rows those that share one may write together.</param>
/// <param name="SmallSaveRows">Saves of up to so many rows go before larger ones.</param>
internal sealed record GroupLimits(int QueueCapacity, int MembersMax, int RowsMax, int SmallSaveRows);
