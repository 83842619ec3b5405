using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Events;

/// <summary>What the calls of events are.</summary>
internal static class FeedOperations
{
    private const string Tag = "Events";

    private static readonly ImmutableDictionary<int, string> PositionRefused = ImmutableDictionary.CreateRange(
        new[] { ErrorCodes.PositionAhead, ErrorCodes.PositionTooOld }.Select(code => KeyValuePair.Create(code.Status, "PositionRefused")));

    private static readonly ImmutableArray<ErrorCode> OfAPosition =
        [ErrorCodes.InvalidParameters, ErrorCodes.UnknownType, ErrorCodes.PositionAhead, ErrorCodes.PositionTooOld];

    private static readonly Parameter TypeName = Parameter.List("typeName", "Only assets of these types and their subtypes.");

    private static readonly ImmutableArray<Parameter> Filters =
    [
        Parameter.Text("log", "The log you believe to read."),
        Parameter.List("operation", "Only these operations, such as ENTITY_UPDATE."),
        TypeName,
        Parameter.List("guid", "Only these assets."),
        Parameter.Text("qualifiedNamePrefix", "Only assets whose qualified name begins so."),
        Parameter.List("ignoreAttributes", "Updates whose only changes are in these attributes are passed over."),
        Parameter.List("excludeActor", "Saves by this principal are passed over."),
    ];

    public static readonly Operation Read = new("readEvents", Tag, "Events after a position, in order")
    {
        Description = "Go on with after=next. Keep log and next together, and send both.",
        Parameters =
        [
            Parameter.Text("after", "Events after this sequence; latest: from the next one to come; absent: from the oldest kept."),
            Parameter.Number("limit", "Most events in the answer; 500 if absent, 5,000 at most unless the settings say otherwise."),
            new Parameter("wait", "number", "Seconds to wait for a first match; 60 at most unless the settings say otherwise."),
            .. Filters,
        ],
        Answer = "FeedPage",
        Refusals = [.. OfAPosition, ErrorCodes.TooManyRequests],
        RefusalSchemas = PositionRefused,
    };

    public static readonly Operation Stream = new("streamEvents", Tag, "Events as they come, as server-sent events")
    {
        Description = "Begins after Last-Event-ID, else after the parameter, else with the next event to come. Refusals come before it begins, as JSON.",
        Parameters =
        [
            Parameter.Header("Last-Event-ID", "The id of the last event that the reader has had."),
            Parameter.Text("after", "Events after this sequence; latest or absent: from the next one to come."),
            .. Filters,
        ],
        Answer = "EventStream",
        MediaType = "text/event-stream",
        Refusals = [.. OfAPosition, ErrorCodes.TooManyRequests],
        RefusalSchemas = PositionRefused,
    };

    public static readonly Operation Summary = new("summarizeEvents", Tag, "How many events after a position match, by operation, type, attribute and actor")
    {
        Description = "For one who wants to know beforehand what a webhook or a reader with these filters would get. An answer looks at a bounded part of the "
            + "log; go on with after=next until next is head. Unless operation says otherwise, the operations that a webhook gets.",
        Parameters =
        [
            Parameter.Text("after", "Events after this sequence; absent: from the oldest kept."),
            Parameter.Number("from", "Instead: events from this time on, in epoch milliseconds."),
            .. Filters,
        ],
        Answer = "EventSummary",
        Refusals = OfAPosition,
        RefusalSchemas = PositionRefused,
    };

    public static readonly Operation Snapshot = new("readSnapshot", Tag, "All assets page by page, with the position from which the feed goes on")
    {
        Description = "For readers that start over. After the last page, follow the feed with after=position.",
        Parameters =
        [
            Parameter.Text("page", "page of the answer before; absent for the first one."),
            Parameter.Number("limit", "Most assets in the answer; 500 if absent, 5,000 at most."),
            TypeName with { Description = "Only assets of these types and their subtypes; the same on every page." },
        ],
        Answer = "SnapshotPage",
        Refusals = OfAPosition,
        RefusalSchemas = PositionRefused,
    };
}
