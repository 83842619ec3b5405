using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Lineage;

/// <summary>What the calls of lineage are.</summary>
internal static class LineageOperations
{
    private const string Tag = "Lineage";

    private static readonly ImmutableArray<ErrorCode> Reading =
    [
        ErrorCodes.BadRequest, ErrorCodes.InvalidParameters, ErrorCodes.GuidNotFound, ErrorCodes.NoLineageType, ErrorCodes.LineageTooLong,
        ErrorCodes.NoSuchVersion, ErrorCodes.PastTrimmed,
    ];

    private static readonly ImmutableArray<ErrorCode> Paging =
        [ErrorCodes.LineagePageIncomplete, ErrorCodes.LineagePageDepth, ErrorCodes.LineageCountWithoutPage];

    private static readonly ImmutableArray<ErrorCode> Filtering = [ErrorCodes.AttributeNotFound, ErrorCodes.UnknownType];

    private static readonly ImmutableArray<Parameter> Past =
    [
        Parameter.Text("asOf", "Lineage as it was at this time: milliseconds since 1970, or ISO 8601. At most one of asOf and asOfSequence."),
        Parameter.Number("asOfSequence", "Lineage as it was right after the save that told the event with this sequence."),
    ];

    private static readonly Parameter Archived = Parameter.Flag("allowDeletedProcess", "Follows suspended edges too: those from and to what is archived.");

    private static readonly ImmutableArray<Parameter> Graphing =
    [
        Parameter.Text("direction", "INPUT for upstream, OUTPUT for downstream, or BOTH, which is meant when it is absent."),
        Parameter.Number("depth", "Most steps from asset through process to asset; 3 when it is absent, and as far as it goes when it is 0 or -1."),
        Parameter.Flag("hideProcess", "Leaves processes out: relations lead from asset to asset and name the process."),
        Archived,
        Parameter.Number("offset", "With depth 1: how many of the assets of each direction are passed over."),
        Parameter.Number("limit", "With depth 1: how many of the assets of each direction are shown."),
        Parameter.Flag("calculateRemainingVertexCounts", "With offset and limit: counts the assets that come after."),
        .. Past,
    ];

    public static readonly Operation List = new("listLineage", Tag, "What lies upstream or downstream of an asset, as a list")
    {
        Description = "Level by level, and within a level in the order of the guids; page by page with from. It only reads.",
        Body = "LineageListRequest",
        Answer = "LineageList",
        Refusals = [.. Reading, .. Filtering],
    };

    public static readonly Operation Graph = new("getLineage", Tag, "What lies around an asset, as a graph")
    {
        Description = "It only reads.",
        Body = "LineageGraphRequest",
        Answer = "LineageGraph",
        Refusals = [.. Reading, .. Filtering, .. Paging],
    };

    public static readonly Operation GetByGuid = new("getLineageByGuid", Tag, "What lies around an asset, as a graph, with GET")
    {
        Parameters = Graphing,
        Answer = "LineageGraph",
        Refusals = [.. Reading, .. Paging, ErrorCodes.PositionAhead],
    };

    public static readonly Operation GetByName = new("getLineageByName", Tag, "The same around the asset that has a unique attribute")
    {
        Parameters =
        [
            new Parameter("attr", "string", "The asset's unique attribute, as attr:NAME=VALUE; exactly one.") { IsFree = true, IsRequired = true },
            .. Graphing,
        ],
        Answer = "LineageGraph",
        Refusals = [.. Reading, .. Paging, ErrorCodes.PositionAhead, ErrorCodes.UnknownType, ErrorCodes.NotUniqueAttribute, ErrorCodes.NotFoundByAttribute],
    };

    public static readonly Operation Demand = new("getLineageOnDemand", Tag, "What lies around an asset, with only so many neighbours of each")
    {
        Description = "For pictures that grow as somebody asks for more. It only reads.",
        Body = "LineageDemandRequest",
        Answer = "LineageOnDemand",
        Refusals = [.. Reading, .. Filtering],
    };

    public static readonly Operation Paths = new("findLineagePaths", Tag, "Paths over which data goes from an asset to another")
    {
        Description = "The shortest first; no path passes anything twice.",
        Parameters =
        [
            Parameter.Text("from", "The guid of the asset where the paths begin.") with { IsRequired = true },
            Parameter.Text("to", "The guid of the asset where they end.") with { IsRequired = true },
            Parameter.Number("maxLength", "Most steps of a path; 20 when it is absent."),
            Parameter.Number("limit", "How many paths are wanted; 10 when it is absent."),
            Archived,
            .. Past,
        ],
        Answer = "LineagePaths",
        Refusals = [.. Reading, ErrorCodes.PositionAhead],
    };
}
