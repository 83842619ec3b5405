using System.Diagnostics;
using Cartulary.Core.Save;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Telemetry;

/// <summary>Counts every save and writes one line about it at level Debug, with its trace, so that one leads to the other.</summary>
internal sealed class SaveObserver(TimeProvider clock, ILogger<SaveObserver> logger)
{
    private readonly LoopWatch _loops = new(clock);

    /// <summary>A save has come to an end.</summary>
    public void Saw(SaveOutcome outcome)
    {
        switch (outcome)
        {
            case SaveOutcome.Committed { IsReplayed: true } replayed:
                Count("replayed", assets: 0, replayed.Receipt.Commit.Value);
                break;
            case SaveOutcome.Committed committed:
                _loops.Saw(committed.Context.Actor, committed.Summary.Mutations);
                Count("committed", committed.Summary.Mutations.Length, committed.Receipt.Commit.Value);
                break;
            case SaveOutcome.Unchanged:
                SawUnchanged();
                break;
            case SaveOutcome.Foreseen:
                Count("foreseen", assets: 0, commit: 0);
                break;
            default:
                Count("refused", assets: 0, commit: 0);
                break;
        }
    }

    /// <summary>A save has changed nothing.</summary>
    public void SawUnchanged() => Count("unchanged", assets: 0, commit: 0);

    private void Count(string outcome, int assets, long commit)
    {
        ServerMetrics.CountSave(outcome, assets);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            logger.SaveEnded(outcome, assets, commit, Activity.Current?.TraceId.ToHexString());
        }
    }
}
