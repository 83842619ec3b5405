using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Receipts;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers;

/// <summary>The answer to a save: what changed, and the real guids of the request's guids.</summary>
internal static class SaveAnswer
{
    /// <summary>Members of a trial's answer whose values only a commit could give, wherever they stand in it.</summary>
    private static readonly ImmutableArray<string> ForeseenMembers =
        ["sequence", "version", "assetVersion", "saveId", "eventTime", "msgCreationTime", "createTime", "updateTime"];

    /// <summary>Writes the answer to a save that changed something.</summary>
    public static void WriteCommitted(Utf8JsonWriter writer, (SaveOutcome.Committed Saved, RequestKind Kind) answer)
    {
        writer.WriteStartObject();
        WriteMembers(writer, answer.Saved, answer.Kind);
        writer.WriteEndObject();
    }

    /// <summary>Writes the answer to a save on trial that would change something.</summary>
    public static void WriteForeseen(Utf8JsonWriter writer, (SaveOutcome.Foreseen Foreseen, RequestKind Kind) answer)
    {
        var (foreseen, kind) = answer;
        writer.WriteStartObject();
        writer.WriteBoolean("dryRun"u8, true);
        writer.WriteStartObject("foreseen"u8);
        writer.WriteNumber("head"u8, foreseen.Head);
        JsonTexts.Write(writer, "members"u8, ForeseenMembers);
        writer.WriteStartArray("guids"u8);
        foreach (var created in foreseen.Save.Summary.Mutations.Where(mutation => mutation.Kind == MutationKind.Create))
        {
            writer.WriteStringValue(created.Guid);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        WriteMembers(writer, foreseen.Save, kind);
        writer.WriteStartArray("events"u8);
        foreach (var told in foreseen.Events)
        {
            writer.WriteRawValue(told.Envelope.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes the answer to a save that changed nothing, or that would not.</summary>
    public static void WriteUnchanged(Utf8JsonWriter writer, (SaveOutcome.Unchanged Unchanged, RequestKind Kind, bool IsDryRun) answer)
    {
        writer.WriteStartObject();
        if (answer.IsDryRun)
        {
            writer.WriteBoolean("dryRun"u8, true);
        }

        WriteAssignments(writer, answer.Unchanged.Summary, answer.Kind);
        WriteReceipts(writer, answer.Unchanged.Receipts);
        if (answer.IsDryRun)
        {
            writer.WriteStartArray("events"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, SaveOutcome.Committed saved, RequestKind kind)
    {
        WriteMutations(writer, saved, kind);
        if (kind == RequestKind.Partial)
        {
            WriteList(writer, "partialUpdatedEntities"u8, saved, MutationKind.Update);
        }

        WriteAssignments(writer, saved.Summary, kind);
        WriteReceipts(writer, saved.Receipts);
    }

    /// <summary>A save that only records edges to archived assets changes no asset, and lists none.</summary>
    private static void WriteMutations(Utf8JsonWriter writer, SaveOutcome.Committed saved, RequestKind kind)
    {
        if (saved.Summary.Mutations.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("mutatedEntities"u8);
        WriteList(writer, "CREATE"u8, saved, MutationKind.Create);
        WriteList(writer, kind == RequestKind.Partial ? "PARTIAL_UPDATE"u8 : "UPDATE"u8, saved, MutationKind.Update);
        WriteList(writer, "DELETE"u8, saved, MutationKind.Delete);
        writer.WriteEndObject();
    }

    private static void WriteReceipts(Utf8JsonWriter writer, ImmutableArray<AssetReceipt>? receipts)
    {
        if (receipts is not { } asked)
        {
            return;
        }

        writer.WriteStartArray("receipts"u8);
        foreach (var receipt in asked)
        {
            ReceiptWriter.Write(writer, receipt);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the answer to a save of which every member was known to change nothing.</summary>
    public static void WriteKnown(Utf8JsonWriter writer, KnownMembers known)
    {
        writer.WriteStartObject();
        known.WriteGuidAssignments(writer);
        writer.WriteEndObject();
    }

    /// <summary>Assets that the request lists stand before those that follow from them, also where only tags or custom metadata change.</summary>
    private static void WriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> name, SaveOutcome.Committed saved, MutationKind kind)
    {
        ImmutableArray<AssetMutation> mutations =
            [.. saved.Summary.Mutations.Where(mutation => mutation.Kind == kind).OrderBy(mutation => kind == MutationKind.Update && mutation.IsRelated)];
        if (mutations.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var mutation in mutations)
        {
            HeaderOf(mutation, saved).Write(writer);
        }

        writer.WriteEndArray();
    }

    private static AssetHeader HeaderOf(AssetMutation mutation, SaveOutcome.Committed saved)
    {
        var stamp = new CommitStamp(saved.Context.Actor, saved.Receipt.Time);
        return new AssetHeader(
            mutation.Guid,
            saved.Registry.Entity(mutation.TypeId),
            saved.Registry,
            mutation.Status,
            mutation.Created ?? stamp,
            stamp,
            mutation.State)
        {
            NamesOnly = mutation.IsRelated,
            DeleteHandler = mutation.Kind == MutationKind.Delete ? DeleteHandlers.Of(mutation.Status, saved.Context.DeleteHandler) : null,
        };
    }

    /// <summary>A call that only deletes or restores assigns no guids and does not speak of them.</summary>
    private static void WriteAssignments(Utf8JsonWriter writer, SaveSummary summary, RequestKind kind)
    {
        if (kind is RequestKind.Delete or RequestKind.Restore)
        {
            return;
        }

        writer.WriteStartObject("guidAssignments"u8);
        foreach (var (given, real) in summary.GuidAssignments)
        {
            writer.WriteString(given, real);
        }

        writer.WriteEndObject();
    }
}
