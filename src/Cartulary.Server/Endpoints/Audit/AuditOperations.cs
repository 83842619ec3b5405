using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Audit;

/// <summary>What the calls of the audit are.</summary>
internal static class AuditOperations
{
    private const string Tag = "History";

    public static readonly Operation Search = new("searchAudit", Tag, "Search the audit")
    {
        Description = "Who did what to which asset, read from the log; every role may.",
        Body = "AuditSearchRequest",
        Answer = "AuditSearchAnswer",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.UnsupportedQuery, ErrorCodes.AuditTooWide],
    };

    public static readonly Operation SearchOne = Search with { Id = "searchAuditOfAsset", Summary = "Search the audit of an asset" };

    public static readonly Operation List = new("listAudit", Tag, "The audit of an asset, the newest entries first")
    {
        Description = "In the form of Apache Atlas.",
        Parameters =
        [
            Parameter.Text("startKey", "The eventKey of the entry to begin with; the newest if absent."),
            Parameter.Text("auditAction", "Only entries of this action."),
            Parameter.Number("count", "Most entries; 100 if absent, 1,000 at most."),
            Parameter.Number("offset", "How many are passed over."),
        ],
        Answer = "AuditEntries",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.GuidNotFound, ErrorCodes.AuditTooWide],
    };
}
