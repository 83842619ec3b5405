using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Receipts;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Replay;

/// <summary>Gives the first answer to a request again, from the commit that it was given for.</summary>
internal static class Replayer
{
    public static async ValueTask<SaveOutcome> ReplayAsync(
        IReadSession session, TypeRegistry registry, AnsweredRequest request, bool withReceipts, CancellationToken cancellationToken)
    {
        var commit = request.Commit;
        var events = await CommitEvents.LoadAsync(session, registry, commit, cancellationToken);
        ImmutableArray<EventToRender> main =
            [.. EventKinds.MainPlaces(events, told => told.Record.Asset.Guid, told => told.Record.Kind).Select(place => events[place])];
        var answer = StoredAnswerCodec.Decode(request.Answer.Span, [.. main.Select(told => told.Record)]);
        var summary = new SaveSummary(answer.GuidAssignments, [.. main.Select((told, place) => Mutation(told, place, answer))]) { Listed = answer.Listed };
        var numbers = new CommitReceipt(commit.Commit, commit.FirstSequence, commit.Time, [.. main.Select(told => told.Record.Numbers.Version)]);
        return new SaveOutcome.Committed(summary, numbers, commit.Context, registry)
        {
            Receipts = withReceipts ? ReceiptBook.Of(summary, events, registry) : null,
            IsReplayed = true,
        };
    }

    private static AssetMutation Mutation(EventToRender told, int place, StoredAnswer answer)
    {
        var record = told.Record;
        var kind = record.Kind switch
        {
            EventKind.EntityCreate => MutationKind.Create,
            EventKind.EntityDelete => MutationKind.Delete,
            _ => MutationKind.Update,
        };
        return new AssetMutation(
            place, kind, answer.RelatedEvents.Contains(place), record.Asset.Guid, record.Asset.TypeId, record.Status, told.Created, told.State);
    }
}
