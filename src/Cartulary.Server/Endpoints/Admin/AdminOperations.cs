using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Admin;

/// <summary>What the calls of administration are that Apache Atlas's clients know.</summary>
internal static class AdminOperations
{
    private const string Tag = "Clients";

    public static readonly Operation GetVersion = new("getAtlasVersion", Tag, "The program and its version") { Answer = "AdminVersion" };

    public static readonly Operation GetStatus = new("getAtlasStatus", Tag, "Whether the server can work, for Apache Atlas's clients")
    {
        Answer = "AdminStatus",
    };

    public static readonly Operation GetSession = new("getAtlasSession", Tag, "Who asks and what they may do") { Answer = "AdminSession" };

    public static readonly Operation GetMetrics = new("getAtlasMetrics", Tag, "Counts of types, commits and events") { Answer = "AdminMetrics" };
}
