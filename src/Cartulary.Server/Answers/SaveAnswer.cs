using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;

namespace Cartulary.Server.Answers;

/// <summary>The answer to a save: what changed, and the real guids of the request's guids.</summary>
internal static class SaveAnswer
{
    /// <summary>Writes the answer to a save that changed something.</summary>
    public static void WriteCommitted(Utf8JsonWriter writer, (SaveOutcome.Committed Saved, RequestKind Kind) answer)
    {
        var (saved, kind) = answer;
        writer.WriteStartObject();
        writer.WriteStartObject("mutatedEntities"u8);
        WriteList(writer, "CREATE"u8, saved, MutationKind.Create);
        WriteList(writer, kind == RequestKind.Partial ? "PARTIAL_UPDATE"u8 : "UPDATE"u8, saved, MutationKind.Update);
        WriteList(writer, "DELETE"u8, saved, MutationKind.Delete);
        writer.WriteEndObject();
        if (kind == RequestKind.Partial)
        {
            WriteList(writer, "partialUpdatedEntities"u8, saved, MutationKind.Update);
        }

        WriteAssignments(writer, saved.Summary, kind);
        writer.WriteEndObject();
    }

    /// <summary>Writes the answer to a save that changed nothing.</summary>
    public static void WriteUnchanged(Utf8JsonWriter writer, (SaveSummary Summary, RequestKind Kind) answer)
    {
        writer.WriteStartObject();
        WriteAssignments(writer, answer.Summary, answer.Kind);
        writer.WriteEndObject();
    }

    /// <summary>Writes the answer to a save of which every member was known to change nothing.</summary>
    public static void WriteKnown(Utf8JsonWriter writer, KnownMembers known)
    {
        writer.WriteStartObject();
        known.WriteGuidAssignments(writer);
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> name, SaveOutcome.Committed saved, MutationKind kind)
    {
        ImmutableArray<AssetMutation> mutations = [.. saved.Summary.Mutations.Where(mutation => mutation.Kind == kind)];
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
            DeleteHandler = mutation.Kind == MutationKind.Delete ? saved.Context.DeleteHandler : null,
        };
    }

    /// <summary>A call that only deletes assigns no guids and does not speak of them.</summary>
    private static void WriteAssignments(Utf8JsonWriter writer, SaveSummary summary, RequestKind kind)
    {
        if (kind == RequestKind.Delete)
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
