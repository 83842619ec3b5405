using System.Text.Json;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>A request with its answer, and when it was sent and answered.</summary>
internal sealed record HistoryAnswer(HistoryOperation Operation, int Server, long Begun, long Ended, HttpReply Reply)
{
    /// <summary>Whether it repeats the answer of an earlier send.</summary>
    public bool IsReplayed => Reply.Headers.ContainsKey("Idempotent-Replayed");

    /// <summary>The sequences of the events that it says it led to, in order.</summary>
    public IReadOnlyList<long> Sequences { get; } =
        [.. Receipts(Reply).SelectMany(receipt => receipt.GetProperty("events").EnumerateArray()).Select(told => told.GetProperty("sequence").GetInt64()).Order()];

    /// <summary>What it says of its own asset; null when it says nothing.</summary>
    public JsonElement? OwnReceipt => Receipts(Reply).Cast<JsonElement?>().FirstOrDefault(receipt => receipt!.Value.GetProperty("qualifiedName").GetString() == Operation.Target);

    /// <inheritdoc/>
    public override string ToString() => $"{Operation} on server {Server}: {Reply.Status} {(Reply.Body.ValueKind == JsonValueKind.Undefined ? "" : Reply.Body.GetRawText())}";

    private static IEnumerable<JsonElement> Receipts(HttpReply reply) =>
        reply.Body.ValueKind == JsonValueKind.Object && reply.Body.TryGetProperty("receipts", out var receipts) ? receipts.EnumerateArray() : [];
}
