using System.Text;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Fuzz.Inputs;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Http;
using Cartulary.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cartulary.Fuzz.Targets;

/// <summary>Sends queries to the reads of the past and of several assets by name, and judges what comes of them.</summary>
internal sealed class PastDoor(TestCatalog catalog)
{
    private static readonly AssetSelector Target = new AssetSelector.ByUniqueAttribute("Table", "qualifiedName", Seeds.Target);

    /// <summary>What the input did that is worth remembering.</summary>
    public async Task<IEnumerable<string>> TryAsync(FuzzInput input)
    {
        var query = new QueryReader(new QueryCollection(QueryHelpers.ParseQuery("?" + Encoding.Latin1.GetString(input.Bytes))));
        var (moment, parameter) = PastQuery.Read(query);
        var (from, to) = (PastQuery.Bound(query, "from"), PastQuery.Bound(query, "to") ?? Moment.Now);
        var before = PastQuery.Below(query, "before");
        var limit = query.Number("limit", 100, min: 1, 1_000);
        var names = query.Numbered("attr_");
        if (query.Problems is { IsEmpty: false } problems)
        {
            ReaderOracle.CheckProblems(problems);
            return Features.Of(problems);
        }

        var token = CancellationToken.None;
        List<Problem> refusals = [];
        Note(await catalog.Reader.GetAsync(Target, moment, parameter, withEdges: true, token));
        Note(await catalog.History.VersionsAsync(Target, before, limit, token));
        Note(await catalog.History.DiffAsync(Target, from, to, token));
        Note(await catalog.History.BlameAsync(Target, before, token));
        if (refusals.Count > 0)
        {
            ReaderOracle.CheckProblems(refusals);
        }

        return [$"past {moment.GetType().Name} {from?.GetType().Name} {to.GetType().Name} {before is null} {names.Length} {string.Join(',', refusals.Select(refusal => refusal.Code.Code))}"];

        void Note<T>((T? Found, Problem? Problem) answer)
        {
            ReaderOracle.Require(answer.Found is null != answer.Problem is null, "an answer that is neither a yes nor a no");
            if (answer.Problem is { } problem)
            {
                refusals.Add(problem);
            }
        }
    }
}
