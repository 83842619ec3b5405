using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Keys;

/// <summary>What the calls of keys are.</summary>
internal static class KeyOperations
{
    private const string Tag = "Keys";

    public static readonly Operation Create = new("createKey", Tag, "Make a key")
    {
        Description = "The answer shows its secret, this once.",
        Body = "KeyRequest",
        Answer = "MadeKey",
        Refusals = [ErrorCodes.InvalidParameters],
    };

    public static readonly Operation List = new("listKeys", Tag, "All keys, revoked ones included")
    {
        Answer = "Keys",
        Refusals = [ErrorCodes.NotAuthorized],
    };

    public static readonly Operation Revoke = new("revokeKey", Tag, "Revoke a key")
    {
        Description = "Revoking again changes nothing.",
        Answer = "Key",
        Refusals = [ErrorCodes.KeyNotFound, ErrorCodes.LastAdministrator],
    };
}
