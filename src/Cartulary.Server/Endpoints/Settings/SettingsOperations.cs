using Cartulary.Core.Errors;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Settings;

/// <summary>What the calls of the catalog's settings are.</summary>
internal static class SettingsOperations
{
    private const string Tag = "Settings";
    private const string Schema = "CatalogSettings";

    public static readonly Operation Get = new("getSettings", Tag, "The catalog's settings") { Answer = Schema };

    public static readonly Operation Put = new("setSettings", Tag, "Set the catalog's settings")
    {
        Description = "All of them. The answer is what is set now.",
        Body = Schema,
        Answer = Schema,
        Refusals = [ErrorCodes.InvalidParameters],
    };
}
