using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Core.Errors;
using Cartulary.Fuzz.Inputs;
using Cartulary.Server.Endpoints.Keys;
using Cartulary.Server.Endpoints.Service;
using Cartulary.Server.Endpoints.Settings;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Cartulary.Fuzz.Targets;

/// <summary>Gives texts to the readers of keys, of settings, and of the filters of lists.</summary>
internal static class SmallBodyDoor
{
    private static readonly JsonObject[] Records =
    [
        new() { ["id"] = "1", ["name"] = "$admin", ["username"] = "ab", ["enabled"] = true, ["email"] = null },
        new() { ["id"] = "2", ["name"] = "", ["groupCount"] = 0 },
    ];

    /// <summary>What the input did that is worth remembering.</summary>
    public static IEnumerable<string> Try(FuzzInput input)
    {
        ImmutableArray<Problem> problems;
        string what;
        switch (input.Door)
        {
            case FuzzInput.Key:
                what = $"{KeyRequest.Read(input.Bytes, out problems)?.Role}";
                break;
            case FuzzInput.Setting:
                what = $"{SettingsRequest.Read(input.Bytes, out problems)?.IgnoredAttributes.Length}";
                break;
            default:
                var text = Encoding.UTF8.GetString(input.Bytes);
                var query = new QueryReader(new QueryCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["filter"] = text, ["sort"] = text, ["columns"] = text }));
                var page = ServicePage.Of(query, Records, "id");
                using (var writer = new Utf8JsonWriter(Stream.Null))
                {
                    page.Write(writer);
                }

                problems = query.Problems;
                what = $"{page.Filtered}";
                break;
        }

        if (problems.IsEmpty)
        {
            return [what];
        }

        ReaderOracle.CheckProblems(problems);
        return Features.Of(problems);
    }
}
