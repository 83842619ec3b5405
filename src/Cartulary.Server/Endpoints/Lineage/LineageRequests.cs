using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Lineage;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Hosting;

namespace Cartulary.Server.Endpoints.Lineage;

/// <summary>Reads what requests about lineage ask for.</summary>
internal static class LineageRequests
{
    private const int DeepestList = 1_073_741_823;
    private const int UsualDepth = 3;
    private const int UsualDemand = 3;
    private static readonly LineageWishes GraphNames = new(["description"], []);

    /// <summary>Reads the body of <c>lineage/list</c>; null when something is wrong with it.</summary>
    public static LineageListQuery? List(LineageBody body, LineageOptions options)
    {
        var kind = body.Kind();
        var size = body.Number("size", @default: null, 0, options.AssetsShown);
        var from = body.Number("from", @default: null, 0, int.MaxValue);
        var depth = body.Number("depth", @default: null, 0, DeepestList);
        var direction = body.Direction(@default: null, takesBoth: false);
        return body.Start() is not { } start ? null : new LineageListQuery(start, direction, depth, from, size)
        {
            Kind = kind,
            ImmediateNeighbours = body.Flag("immediateNeighbours"),
            FollowsSuspended = body.Flag("allowDeletedProcess"),
            Filters = body.Filters(),
            Wishes = body.Wishes(),
            Moment = body.Moment(),
            MomentParameter = "asOf",
        };
    }

    /// <summary>Reads the body of <c>lineage/getlineage</c>; null when something is wrong with it.</summary>
    public static LineageGraphQuery? Graph(LineageBody body, LineageOptions options, ProblemList problems)
    {
        var kind = body.Kind();
        var depth = Depth(body.Number("depth", UsualDepth, -1, int.MaxValue));
        var direction = body.Direction(LineageDirection.Both, takesBoth: true);
        var offset = body.Number("offset", -1, -1, int.MaxValue);
        var limit = body.Number("limit", -1, -1, options.AssetsShown);
        var page = Page(offset, limit, depth, body.Flag("calculateRemainingVertexCounts"), problems);
        return body.Start() is not { } start ? null : new LineageGraphQuery(start, direction, depth)
        {
            Kind = kind,
            HidesProcesses = body.Flag("hideProcess"),
            FollowsSuspended = body.Flag("allowDeletedProcess"),
            IgnoredProcesses = body.Texts("ignoredProcesses"),
            Page = page,
            Filters = body.Filters() with { Traversal = null, Relationships = null },
            Wishes = body.Wishes() with { Meanings = false },
            Moment = body.Moment(),
            MomentParameter = "asOf",
        };
    }

    /// <summary>Reads the body of the call that shows a graph bit by bit; null when something is wrong with it.</summary>
    public static LineageGraphQuery? Demand(AssetSelector.ByGuid start, LineageBody body, LineageOptions options, ProblemList problems)
    {
        var kind = body.Kind();
        var usual = Limits(body, body.Member("defaultParams"), "defaultParams", new LineageDemandLimits(0, UsualDemand, UsualDemand), options, problems).Limits;
        var of = ImmutableDictionary.CreateBuilder<Guid, LineageDemandLimits>();
        var (direction, depth) = (LineageDirection.Both, UsualDepth);
        if (body.Member("constraints") is { ValueKind: not JsonValueKind.Object })
        {
            body.Refuse("constraints", "constraints must be an object");
        }

        foreach (var member in body.Member("constraints") is { ValueKind: JsonValueKind.Object } constraints ? constraints.EnumerateObject().ToList() : [])
        {
            var path = $"constraints.{member.Name}";
            if (!RequestGuid.TryParseReal(member.Name, out var guid))
            {
                body.Refuse(path, $"{member.Name} is not a guid");
                continue;
            }

            var (limits, inner) = Limits(body, member.Value, path, usual, options, problems);
            of[guid] = limits;
            if (guid == start.Guid && inner is not null)
            {
                direction = inner.Direction(LineageDirection.Both, takesBoth: true, $"{path}.direction");
                depth = inner.Member("depth") is { } given ? Depth(inner.Number(given, $"{path}.depth", -1, int.MaxValue)) : UsualDepth;
            }
        }

        return new LineageGraphQuery(start, direction, depth)
        {
            Kind = kind,
            Demand = new LineageDemand(usual, of.ToImmutable()),
            FollowsSuspended = body.Flag("allowDeletedProcess"),
            IgnoredProcesses = body.Texts("ignoredProcesses"),
            Filters = body.Filters() with { Entities = null },
            Wishes = body.Wishes() with { Meanings = false },
            Moment = body.Moment(),
            MomentParameter = "asOf",
        };
    }

    /// <summary>Reads the query of the calls that give a graph for GET.</summary>
    public static LineageGraphQuery? Graph(AssetSelector? start, LineageQueryString query, LineageOptions options, ProblemList problems)
    {
        var depth = Depth(query.Number("depth", UsualDepth, int.MaxValue));
        var direction = query.Direction();
        var page = Page(
            query.Number("offset", -1, int.MaxValue), query.Number("limit", -1, options.AssetsShown), depth, query.Flag("calculateRemainingVertexCounts"), problems);
        var (moment, parameter) = query.Moment();
        return start is null ? null : new LineageGraphQuery(start, direction, depth)
        {
            HidesProcesses = query.Flag("hideProcess"),
            FollowsSuspended = query.Flag("allowDeletedProcess"),
            Page = page,
            Wishes = GraphNames with { Classifications = true },
            Moment = moment,
            MomentParameter = parameter,
        };
    }

    private static (LineageDemandLimits Limits, LineageBody? Body) Limits(
        LineageBody body, JsonElement? json, string path, LineageDemandLimits usual, LineageOptions options, ProblemList problems)
    {
        if (json is not { ValueKind: JsonValueKind.Object } given)
        {
            if (json is not null)
            {
                body.Refuse(path, $"{path} must be an object");
            }

            return (usual, null);
        }

        var inner = new LineageBody(given, problems);
        return (new LineageDemandLimits(Number("from", 0, int.MaxValue), Number("inputRelationsLimit", usual.Inputs, options.Edges), Number("outputRelationsLimit", usual.Outputs, options.Edges)), inner);

        int Number(string name, int @default, int max) =>
            inner.Member(name) is { } value ? inner.Number(value, $"{path}.{name}", 0, max) : @default;
    }

    /// <summary>Zero and less than that mean as deep as it goes.</summary>
    private static int Depth(int depth) => depth < 1 ? LineageQuery.Unbounded : depth;

    private static LineageWindow? Page(int offset, int limit, int depth, bool counts, ProblemList problems)
    {
        var (hasOffset, hasLimit) = (offset >= 0, limit >= 0);
        if (hasOffset != hasLimit)
        {
            problems.Add(new Problem(
                ErrorCodes.LineagePageIncomplete, hasOffset ? "limit" : "offset", "Invalid pagination state: offset and limit are given both or neither"));
        }
        else if (hasLimit && depth != 1)
        {
            problems.Add(new Problem(ErrorCodes.LineagePageDepth, "depth", "offset and limit are for a depth of 1"));
        }

        if (counts && !(hasOffset && hasLimit))
        {
            problems.Add(new Problem(
                ErrorCodes.LineageCountWithoutPage, "calculateRemainingVertexCounts", "what remains is counted after a page: offset and limit are needed"));
        }

        return hasOffset && hasLimit ? new LineageWindow(offset, limit) : null;
    }
}
