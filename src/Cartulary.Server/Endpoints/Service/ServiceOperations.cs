using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Service;

/// <summary>What the calls of users and roles are.</summary>
internal static class ServiceOperations
{
    private const string Tag = "Clients";

    private static readonly ImmutableArray<Parameter> Paging =
    [
        Parameter.Number("limit", "Most records in the answer; 20 if absent, 1,000 at most."),
        Parameter.Number("offset", "How many records to pass over."),
        Parameter.Text("sort", "A member to order by, downwards with a minus sign."),
        Parameter.List("columns", "Members of the records; all if absent."),
        Parameter.Text("filter", "JSON of members that equal a text or have $eq, $ne, $in, $like or $ilike, joined by $and and $or."),
        Parameter.Flag("count", "Understood, and changes nothing."),
    ];

    public static readonly Operation ListRoles = new("listServiceRoles", Tag, "Roles, as Atlan's clients know them")
    {
        Parameters = Paging,
        Answer = "ServiceRoles",
        Refusals = [ErrorCodes.InvalidParameters],
    };

    public static readonly Operation ListUsers = new("listServiceUsers", Tag, "The names of keys as users, for Atlan's clients")
    {
        Parameters = Paging,
        Answer = "ServiceUsers",
        Refusals = [ErrorCodes.InvalidParameters],
    };

    public static readonly Operation GetUser = new("getServiceUser", Tag, "Who asks, for Atlan's clients") { Answer = "ServiceUser" };

    public static readonly Operation GetWhoAmI = new("getServiceWhoAmI", Tag, "The roles of who asks, for Atlan's clients") { Answer = "ServiceWhoAmI" };

    public static readonly Operation GetToken = new("getServiceToken", Tag, "A token for the name and the text of a key, for Atlan's clients")
    {
        Description = "The token is the key itself. Needs no key beside it.",
        Body = "ServiceTokenRequest",
        Answer = "ServiceToken",
        Refusals = [ErrorCodes.InvalidParameters, ErrorCodes.NotAuthenticated],
        IsOpen = true,
    };

    public static readonly Operation ListGroups = Empty("listServiceGroups", "Groups, of which there are none");

    public static readonly Operation ListGroupsV2 = Empty("listServiceGroupsV2", "Groups, of which there are none, under their newer address");

    public static readonly Operation ListApiKeys = Empty("listServiceApiKeys", "Keys of Atlan's kind, of which there are none");

    private static Operation Empty(string id, string summary) => new(id, Tag, summary)
    {
        Parameters = Paging,
        Answer = "EmptyList",
        Refusals = [ErrorCodes.InvalidParameters],
    };
}
