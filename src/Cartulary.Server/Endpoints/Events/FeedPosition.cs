using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>Why a reader cannot go on from its position: the reader has to start over.</summary>
/// <param name="Code">The kind of refusal.</param>
/// <param name="Parameter">The parameter that is wrong.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="Head">The log as it is.</param>
internal sealed record FeedPosition(ErrorCode Code, string Parameter, string Message, CatalogHead Head)
{
    /// <summary>The refusal of a position, or null when it can be read from.</summary>
    public static FeedPosition? Check(FeedRequest request, CatalogHead head)
    {
        if (request.Log is { } log && !(Guid.TryParse(log, out var logId) && logId == head.LogId))
        {
            return new FeedPosition(ErrorCodes.PositionAhead, "log", $"The log {log} is not the one that is kept here", head);
        }

        if (request.Start != FeedStart.After)
        {
            return null;
        }

        var after = request.Query.After;
        if (after < head.Oldest - 1)
        {
            return new FeedPosition(
                ErrorCodes.PositionTooOld, "after", $"Events after {after} have been trimmed; the oldest kept is {head.Oldest}", head);
        }

        return after > head.Sequence
            ? new FeedPosition(ErrorCodes.PositionAhead, "after", $"The position {after} lies after the log's head {head.Sequence}", head)
            : null;
    }
}
