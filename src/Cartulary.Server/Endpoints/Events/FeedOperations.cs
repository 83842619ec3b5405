using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>What the calls of the event feed are.</summary>
internal static class FeedOperations
{
    public static readonly Operation Read = new("readEvents", "Events", "Events after a position, in order")
    {
        Description = "Go on with after=next. Keep log and next together, and send both.",
        Parameters =
        [
            Parameter.Text("after", "Events after this sequence; latest: from the next one to come; absent: from the oldest kept."),
            Parameter.Number("limit", "Most events in the answer."),
            new Parameter("wait", "number", "Seconds to wait for a first match."),
            Parameter.Text("log", "The log you believe to read."),
            Parameter.List("operation", "Only these operations, such as ENTITY_UPDATE."),
            Parameter.List("typeName", "Only assets of these types and their subtypes."),
            Parameter.List("guid", "Only these assets."),
            Parameter.Text("qualifiedNamePrefix", "Only assets whose qualified name begins so."),
            Parameter.List("ignoreAttributes", "Updates whose only changes are in these attributes are passed over."),
        ],
        Answer = "FeedPage",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.UnknownType, ErrorCodes.PositionAhead, ErrorCodes.PositionTooOld, ErrorCodes.TooManyRequests],
    };
}
