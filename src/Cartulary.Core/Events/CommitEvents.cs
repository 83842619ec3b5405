using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>Reads all events of one commit, each with everything its envelope is made from.</summary>
internal static class CommitEvents
{
    /// <summary>The events of the commit whose first event has a sequence; none when it is not kept any more.</summary>
    public static async ValueTask<ImmutableArray<EventToRender>> ReadAsync(
        IReadSession session, TypeRegistry registry, CommitReceipt receipt, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return [];
        }

        var commits = await session.ReadLogAsync(receipt.FirstSequence - 1, count, cancellationToken);
        var commit = commits.FirstOrDefault(commit => commit.Commit == receipt.Commit);
        return commit is null ? [] : await LoadAsync(session, registry, commit, cancellationToken);
    }

    /// <summary>The events of a commit.</summary>
    public static async ValueTask<ImmutableArray<EventToRender>> LoadAsync(
        IReadSession session, TypeRegistry registry, LoggedCommit commit, CancellationToken cancellationToken)
    {
        var records = CommitLog.Decode(commit);
        var states = await session.StatesAsync(records.Select(record => record.Numbers.Revision).ToHashSet(), cancellationToken);
        var created = await session.CreationsAsync(records.Select(record => record.Numbers.Asset).ToHashSet(), cancellationToken);
        return [.. records.Select(Event)];

        EventToRender Event(LogRecord record, int index) => new(
            commit,
            index,
            record,
            records,
            states.GetValueOrDefault(record.Numbers.Revision) ?? AssetState.Empty,
            created[record.Numbers.Asset],
            registry);
    }
}
