namespace Cartulary.Scenarios.ManyServers;

/// <summary>What had been acknowledged before a request was sent, and what was sent only after its answer.</summary>
internal sealed class HistoryClock(IReadOnlyList<HistoryAnswer> answers)
{
    private readonly List<HistoryAnswer> _saves = [.. answers.Where(answer => answer.Sequences.Count > 0)];

    /// <summary>The last sequence that somebody had been told of when the request was sent.</summary>
    public long AcknowledgedBefore(HistoryAnswer answer) =>
        _saves.Where(save => save.Ended < answer.Begun).Select(save => save.Sequences[^1]).DefaultIfEmpty(0).Max();

    /// <summary>The first sequence of what was sent after the answer.</summary>
    public long BegunAfter(HistoryAnswer answer) =>
        _saves.Where(save => !save.IsReplayed && save.Begun > answer.Ended).Select(save => save.Sequences[0]).DefaultIfEmpty(long.MaxValue).Min();
}
