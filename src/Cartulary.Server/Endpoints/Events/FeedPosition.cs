using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Server.Http;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>Why a reader cannot go on from its position: the reader has to start over.</summary>
/// <param name="Code">The kind of refusal.</param>
/// <param name="Parameter">The parameter that is wrong.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Head">The log as it is.</param>
internal sealed record FeedPosition(ErrorCode Code, string Parameter, string Message, CatalogHead Head)
{
    /// <summary>Where a reader starts over.</summary>
    public const string SnapshotPath = "/api/events/snapshot";

    /// <summary>The refusal of a position, or null when it can be read from.</summary>
    public static FeedPosition? Check(FeedRequest request, CatalogHead head)
    {
        if (request.Log is { } log && !(Guid.TryParse(log, out var logId) && logId == head.LogId))
        {
            return new FeedPosition(ErrorCodes.PositionAhead, "log", $"The log {log} is not the one that is kept here", head);
        }

        return request.Start == FeedStart.After ? Check(request.Query.After, request.PositionName, head) : null;
    }

    /// <summary>The refusal of a place in a snapshot, or null when it can be read on.</summary>
    public static FeedPosition? Check(SnapshotPlace place, CatalogHead head) => place.LogId == head.LogId
        ? Check(place.Position, "page", head)
        : new FeedPosition(ErrorCodes.PositionAhead, "page", $"The page belongs to the log {place.LogId}, which is not the one that is kept here", head);

    /// <summary>Sends the refusal, with the bounds of the log and where to start over.</summary>
    public Task SendAsync(HttpContext http, CancellationToken cancellationToken)
    {
        ServerMetrics.CountRefusal(Code);
        return JsonAnswer.SendAsync(http, Code.Status, this, Write, cancellationToken);
    }

    /// <summary>Writes the bounds of a log into an object that is open.</summary>
    public static void WriteBounds(Utf8JsonWriter writer, CatalogHead head)
    {
        writer.WriteNumber("oldest"u8, head.Oldest);
        writer.WriteNumber("head"u8, head.Sequence);
    }

    private static FeedPosition? Check(long after, string parameter, CatalogHead head)
    {
        if (after < head.Oldest - 1)
        {
            return new FeedPosition(
                ErrorCodes.PositionTooOld, parameter, $"Events after {after} have been trimmed; the oldest kept is {head.Oldest}", head);
        }

        return after > head.Sequence
            ? new FeedPosition(ErrorCodes.PositionAhead, parameter, $"The position {after} lies after the log's head {head.Sequence}", head)
            : null;
    }

    private static void Write(Utf8JsonWriter writer, FeedPosition refusal)
    {
        writer.WriteStartObject();
        ErrorAnswer.WriteMembers(writer, [new Problem(refusal.Code, refusal.Parameter, refusal.Message)]);
        writer.WriteString("log"u8, refusal.Head.LogId);
        WriteBounds(writer, refusal.Head);
        writer.WriteString("snapshot"u8, SnapshotPath);
        writer.WriteEndObject();
    }
}
