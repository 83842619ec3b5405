using System.Globalization;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Output;

/// <summary>Lineage as people read it.</summary>
internal static class LineageText
{
    private static readonly string[] More = ["hasMore", "hasMoreUpstreamVertices", "hasMoreDownstreamVertices"];

    /// <summary>The asset, and below it each side with how many steps away everything is.</summary>
    /// <param name="graph">The server's answer.</param>
    /// <param name="way">INPUT, OUTPUT or BOTH.</param>
    public static IEnumerable<TextLine> OfGraph(JsonElement graph, string way)
    {
        var assets = Assets(graph);
        var start = graph.Text("baseEntityGuid") ?? "";
        var edges = graph.Items("relations").Select(relation => (From: relation.Text("fromEntityId") ?? "", To: relation.Text("toEntityId") ?? "")).ToList();
        yield return NameOf(assets[start], Tone.Strong);
        foreach (var (side, shown, ahead) in new[]
        {
            ("upstream", way != "OUTPUT", edges.ToLookup(edge => edge.To, edge => edge.From)),
            ("downstream", way != "INPUT", edges.ToLookup(edge => edge.From, edge => edge.To)),
        })
        {
            foreach (var line in shown ? OfSide(side, start, assets, ahead) : [])
            {
                yield return line;
            }
        }
    }

    /// <summary>Each path with its length and its names.</summary>
    public static IEnumerable<TextLine> OfPaths(JsonElement paths)
    {
        var assets = Assets(paths);
        return paths.Items("paths").Select(path => TextLine.Of(
            string.Create(CultureInfo.InvariantCulture, $"{path.Number("length")}  {string.Join(" -> ", path.Items("guids").Select(guid => AssetHeader.Read(assets[guid.GetString()!]).Name))}")));
    }

    /// <summary>Why an answer does not show everything; null when it does.</summary>
    public static string? WhyNotAll(JsonElement answer)
    {
        var limits = answer.Items("reachedLimits").Select(limit => limit.GetString()).ToList();
        var hasMore = More.Any(name => answer.Member(name) is { ValueKind: JsonValueKind.True });
        return limits.Count > 0 ? $"there may be more: the server's bounds were reached ({string.Join(", ", limits)})"
            : hasMore ? "there is more: ask for more with --depth or --limit"
            : null;
    }

    private static IEnumerable<TextLine> OfSide(string side, string start, Dictionary<string, JsonElement> assets, ILookup<string, string> ahead)
    {
        var depths = new Dictionary<string, int> { [start] = IsProcess(assets[start]) ? 1 : 0 };
        var level = new List<string> { start };
        yield return TextLine.Of(side, Tone.Faint);
        while (level.Count > 0)
        {
            var next = new List<string>();
            foreach (var (from, to) in level.SelectMany(from => ahead[from].Order(StringComparer.Ordinal).Select(to => (from, to))))
            {
                if (depths.TryAdd(to, IsProcess(assets[from]) ? depths[from] : depths[from] + 1))
                {
                    next.Add(to);
                    yield return TextLine.Of(string.Create(CultureInfo.InvariantCulture, $"{depths[to],3}  ")).With(NameOf(assets[to], Tone.Plain).ToString());
                }
            }

            level = next;
        }
    }

    private static Dictionary<string, JsonElement> Assets(JsonElement answer) =>
        answer.Members("guidEntityMap").ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);

    private static bool IsProcess(JsonElement asset) =>
        asset.Items("superTypeNames").Select(name => name.GetString()).Append(asset.Text("typeName")).Contains("Process");

    private static TextLine NameOf(JsonElement json, Tone tone)
    {
        var asset = AssetHeader.Read(json);
        return TextLine.Of($"{asset.TypeName} {asset.Name}", tone).With($"  {asset.QualifiedName}{(asset.IsLive ? "" : "  (archived)")}");
    }
}
