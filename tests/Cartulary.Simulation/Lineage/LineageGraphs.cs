using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Query;
using Cartulary.Testing;

namespace Cartulary.Simulation.Lineage;

/// <summary>Random graphs of assets and processes, with cycles, diamonds and much that is archived.</summary>
internal static class LineageGraphs
{
    private static readonly string[] Assets = ["Table", "Table", "Table", "Column", "View", "View", "Table"];
    private static readonly string[] Processes = ["Process", "Process", "ColumnProcess", "BIProcess", "Process", "ColumnProcess"];

    /// <summary>Filters with what they mean.</summary>
    public static readonly (string? Json, Func<AssetView, bool> Means)[] Filters =
    [
        (null, _ => true),
        ("""{"condition":"AND","criterion":[{"attributeName":"__state","operator":"=","attributeValue":"ACTIVE"}]}""", view => view.Asset.Status == Core.Assets.AssetStatus.Active),
        ("""{"condition":"OR","criterion":[{"attributeName":"__superTypeNames","operator":"eq","attributeValue":"Process"},{"attributeName":"__typeName","operator":"in","attributeValue":"Table,Column"}]}""", view => view.Type.Name != "View"),
        ("""{"attributeName":"name","operator":"!=","attributeValue":"Table1"}""", view => Name(view) != "Table1"),
        ("""{"criterion":[{"attributeName":"name","operator":"like","attributeValue":"*e?"},{"attributeName":"userDescription","operator":"isNull"}]}""", view => Name(view)[..^1].EndsWith('e')),
        ("""{"condition":"OR","criterion":[{"attributeName":"__createdBy","operator":"eq","attributeValue":"nobody"},{"criterion":[{"attributeName":"name","operator":"not_contains","attributeValue":"ColumnProcess"},{"attributeName":"__timestamp","operator":"gt","attributeValue":"0"}]}]}""", view => !Name(view).Contains("ColumnProcess", StringComparison.Ordinal)),
    ];

    /// <summary>A filter as it is sent.</summary>
    public static JsonElement? Parse(string? json) => json is null ? null : JsonDocument.Parse(json).RootElement;

    /// <summary>Makes a graph; gives the guids.</summary>
    public static async Task<List<Guid>> MakeAsync(LineageWorld world, Dice dice)
    {
        var bare = Assets.Select((type, n) => Entity(type, n, "")).Concat(Processes.Select((type, n) => Entity(type, n, "")));
        var created = await world.SaveAsync(Body(bare));
        await world.SaveAsync(Body(Processes.Select((type, n) => Joined(dice, type, n))));
        return created.ConvertAll(told => told.Guid);
    }

    /// <summary>Changes something of it.</summary>
    public static async Task ChangeAsync(LineageWorld world, Dice dice, List<Guid> guids)
    {
        if (dice.OneIn(3))
        {
            await world.ArchiveAsync([.. dice.Shuffle(guids).Take(dice.Between(1, 2))]);
            return;
        }

        var place = dice.Below(Processes.Length);
        await world.SaveAsync(Body([Joined(dice, Processes[place], place)]));
    }

    private static string Joined(Dice dice, string type, int place) =>
        Entity(type, place, $",{(dice.OneIn(4) ? "\"status\":\"ACTIVE\"," : "")}\"relationshipAttributes\":{{\"inputs\":[{Some(dice)}],\"outputs\":[{Some(dice)}]}}");

    private static string Some(Dice dice) => string.Join(',', dice.Some(Assets.Select((type, place) => (type, place)), oneIn: 3)
        .Select(one => $"{{\"typeName\":\"{one.type}\",\"uniqueAttributes\":{{\"qualifiedName\":\"{Name(one.type, one.place)}\"}}}}"));

    private static string Body(IEnumerable<string> entities) => $"{{\"entities\":[{string.Join(',', entities)}]}}";

    private static string Entity(string type, int place, string more) =>
        $"{{\"typeName\":\"{type}\",\"attributes\":{{\"qualifiedName\":\"{Name(type, place)}\",\"name\":\"{Name(type, place)}\"}}{more}}}";

    private static string Name(string type, int place) => string.Create(CultureInfo.InvariantCulture, $"{type}{place}");

    private static string Name(AssetView view) => view.Asset.Text(view.Type.Attribute("name"))!;
}
