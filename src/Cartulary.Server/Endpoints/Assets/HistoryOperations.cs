using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>What the calls of an asset's history are, by the asset's guid; by name they are the same.</summary>
internal static class HistoryOperations
{
    private const string Tag = "History";

    private static readonly Parameter Before = Parameter.Number("before", "Only versions below this one: next of the answer before.");

    private static readonly ImmutableArray<ErrorCode> Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.GuidNotFound];

    public static readonly Operation Versions = new("getVersions", Tag, "The versions of an asset, the newest first")
    {
        Description = "With who saved them, when, and what changed.",
        Parameters = [Parameter.Number("limit", "Most versions in the answer; 100 if absent, 1,000 at most."), Before],
        Answer = "Versions",
        Refusals = Refusals,
    };

    public static readonly Operation Difference = new("getDifference", Tag, "What differs between two versions or times of an asset")
    {
        Description = "As an update has it. from may be the later one.",
        Parameters =
        [
            Parameter.Text("from", "A version, or a time in ISO 8601; the version before to if absent."),
            Parameter.Text("to", "A version, or a time in ISO 8601; now if absent."),
        ],
        Answer = "Difference",
        Refusals = [.. Refusals, ErrorCodes.NoSuchVersion, ErrorCodes.PastTrimmed],
    };

    public static readonly Operation Blame = new("getBlame", Tag, "Which version last changed each part of an asset")
    {
        Description = "One answer looks at 1,000 versions at most; what an earlier answer named stays.",
        Parameters = [Before],
        Answer = "Blame",
        Refusals = Refusals,
    };
}
