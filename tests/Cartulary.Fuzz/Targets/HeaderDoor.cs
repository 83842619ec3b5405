using System.Text;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Fuzz.Inputs;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Cartulary.Fuzz.Targets;

/// <summary>Gives the headers of an input to everything that reads headers: conditions, keys, and the place in a stream.</summary>
internal static class HeaderDoor
{
    private const int LongestKey = 255 + 20;

    /// <summary>What the input did that is worth remembering.</summary>
    public static IEnumerable<string> Try(FuzzInput input)
    {
        var request = new DefaultHttpContext().Request;
        foreach (var parts in Encoding.UTF8.GetString(input.Bytes).Split('\n').Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2 && parts[0].Length > 0))
        {
            request.Headers.Append(parts[0], parts[1].Trim());
        }

        var wishes = SaveWishes.Read(request, isSingle: true, out var problems);
        SaveWishes.Read(request, isSingle: false, out var ofBulk);
        ReaderOracle.Require(request.Headers.IfMatch.Count == 0 || ofBulk.Any(problem => problem.Path == "If-Match"), "a bulk with If-Match was taken");
        CheckCondition(request.Headers.IfMatch, wishes);
        ReaderOracle.Require(wishes.Key is not { } key || key.Key.Length is > 0 and <= LongestKey, "a key that is no key");
        wishes.Key?.With(request, input.Bytes, notBefore: 0);
        EventHeaders.Of(request.Headers, countMax: 5, lengthMax: 100);
        var isKnown = EntityTags.Names(request.Headers.IfNoneMatch, 1);
        var query = new QueryReader(request.Query);
        var start = StreamEndpoints.ReadStart(request.Headers, query, new FeedRequest(FeedStart.Oldest, new FeedQuery(0, 1), TimeSpan.Zero, Log: null));
        ReaderOracle.Require(start.Start != FeedStart.After || start.Query.After >= 0, "a place before the log");
        List<Problem> all = [.. problems, .. query.Problems];
        if (all.Count > 0)
        {
            ReaderOracle.CheckProblems(all);
            return Features.Of(all);
        }

        return [$"{wishes.IfMatch?.Versions.Length} {wishes.IfMatch?.AnyPresent} {wishes.Key?.IsStrict} {isKnown} {start.Start}"];
    }

    private static void CheckCondition(StringValues header, SaveWishes wishes)
    {
        var text = header.ToString();
        foreach (var version in wishes.IfMatch?.Versions ?? [])
        {
            ReaderOracle.Require(text.Contains('"', StringComparison.Ordinal) && version > 0, "a version out of nowhere");
        }

        ReaderOracle.Require(wishes.IfMatch is not { AnyPresent: true } || text.Contains('*', StringComparison.Ordinal), "any version, though none was said");
    }
}
