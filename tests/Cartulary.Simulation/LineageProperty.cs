using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Storage.Postgres;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Simulation;

/// <summary>
/// Over random graphs, whatever is created, joined, parted, archived and restored: an asset says that it has lineage exactly
/// when one of its processes has an input and an output in use, and each time this turns it is told, once.
/// </summary>
public sealed class LineageProperty(PostgresCluster cluster)
{
    private const int Steps = 25;
    private static readonly string[] Assets = ["Table", "Table", "Table", "Column", "Column", "View"];
    private static readonly string[] Processes = ["Process", "Process", "ColumnProcess", "ColumnProcess"];

    [Fact]
    public Task Lineage_is_right_on_SQLite() => Gen.UInt.Array[400].SampleAsync(
        async rolls =>
        {
            await using var catalog = await TestCatalog.CreateAsync();
            await RunAsync(catalog.Store, new Dice(rolls));
        },
        iter: 25,
        threads: 1,
        print: Rolls.Print);

    [Fact]
    public Task Lineage_is_right_on_PostgreSQL() => Gen.UInt.Array[400].SampleAsync(
        async rolls =>
        {
            await using var schema = await cluster.NewSchemaAsync(TestContext.Current.CancellationToken);
            await using var store = await PostgresCatalogStore.OpenAsync(
                new PostgresStoreOptions { ConnectionString = schema.ConnectionString },
                TimeProvider.System,
                Guid.CreateVersion7,
                NullLogger<PostgresCatalogStore>.Instance,
                TestContext.Current.CancellationToken);
            await RunAsync(store, new Dice(rolls));
        },
        iter: 4,
        threads: 1,
        print: Rolls.Print);

    private static async Task RunAsync(ICatalogStore store, Dice dice)
    {
        using var world = await LineageWorld.OpenAsync(store);
        var created = await world.SaveAsync($"{{\"entities\":[{string.Join(',', Assets.Select((type, n) => Entity(type, n, "")).Concat(Processes.Select((type, n) => Entity(type, n, ""))))}]}}");
        var guids = created.ConvertAll(told => told.Guid);
        var before = await world.ReadAsync(guids);
        for (var step = 0; step < Steps; step++)
        {
            var (events, what) = await StepAsync(world, dice, guids);
            var after = await world.ReadAsync(guids);
            Check(before, after, events, what);
            before = after;
        }
    }

    private static async Task<(List<ToldEvent> Events, string What)> StepAsync(LineageWorld world, Dice dice, List<Guid> guids)
    {
        if (dice.OneIn(4))
        {
            var archived = dice.Shuffle(guids).Take(dice.Between(1, 3)).ToArray();
            return (await world.ArchiveAsync(archived), $"archive {string.Join(", ", archived)}");
        }

        var body = $"{{\"entities\":[{string.Join(',', Enumerable.Range(0, dice.Between(1, 3)).Select(_ => dice.OneIn(3) ? Asset(dice) : Process(dice)))}]}}";
        return (await world.SaveAsync(body), body);
    }

    private static string Process(Dice dice)
    {
        var place = dice.Below(Processes.Length);
        var member = dice.Pick(["relationshipAttributes", "appendRelationshipAttributes", "removeRelationshipAttributes"]);
        return Entity(Processes[place], place, $",{Status(dice)}\"{member}\":{{{string.Join(',', dice.Some(["inputs", "outputs"]).Select(end => $"\"{end}\":[{Some(dice, Assets)}]"))}}}");
    }

    private static string Asset(Dice dice)
    {
        var place = dice.Below(Assets.Length);
        var member = dice.Pick(["relationshipAttributes", "appendRelationshipAttributes", "removeRelationshipAttributes"]);
        var ends = dice.Some(["inputToProcesses", "outputFromProcesses"]).Select(end => $"\"{end}\":[{Some(dice, Processes)}]");
        return Entity(Assets[place], place, $",{Status(dice)}\"{member}\":{{{string.Join(',', ends)}}}");
    }

    private static string Status(Dice dice) => dice.OneIn(3) ? "\"status\":\"ACTIVE\"," : "";

    private static string Some(Dice dice, string[] types) => string.Join(',', dice.Some(types.Select((type, place) => (type, place)), oneIn: 3)
        .Select(one => $"{{\"typeName\":\"{one.type}\",\"uniqueAttributes\":{{\"qualifiedName\":\"{Name(one.type, one.place)}\"}}}}"));

    private static string Entity(string type, int place, string more) =>
        $"{{\"typeName\":\"{type}\",\"attributes\":{{\"qualifiedName\":\"{Name(type, place)}\",\"name\":\"{Name(type, place)}\"}}{more}}}";

    private static string Name(string type, int place) => string.Create(CultureInfo.InvariantCulture, $"{type}{place}");

    private static void Check(Dictionary<Guid, AssetView> before, Dictionary<Guid, AssetView> after, List<ToldEvent> events, string what)
    {
        events.Select(told => told.Guid).ShouldBeUnique();
        foreach (var (guid, view) in after)
        {
            var told = events.Find(told => told.Guid == guid);
            (told is not null).ShouldBe(before[guid].Asset.Version != view.Asset.Version, $"{view.Type.Name} {guid} after {what}");
            if (view.Asset.Status == AssetStatus.Active)
            {
                LineageWorld.SaysSo(view).ShouldBe(LineageWorld.IsSo(view, after), $"{view.Type.Name} {guid} after {what}");
            }

            if (LineageWorld.SaysSo(view) != LineageWorld.SaysSo(before[guid]))
            {
                ToldEvent.Attributes(told.ShouldNotBeNull(what).After)["__hasLineage"].ShouldBe(LineageWorld.SaysSo(view) ? "true" : "false");
            }
        }
    }
}
