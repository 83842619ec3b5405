using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>
/// Deletions of a connection in steps of any size, over random catalogs: each member has one delete event and nothing else, the
/// events alone give the catalog after every step, and whoever stays is told of each edge that it loses.
/// </summary>
public sealed class DeletionJobProperties
{
    private const int Runs = 15;
    private const string Connection = "default/x/1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_step_tells_of_what_goes_once_and_of_what_stays_as_often_as_it_changes() =>
        Gen.UInt.Array[60, 800].SampleAsync(rolls => RunAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    [Fact]
    public async Task Nothing_of_a_connection_can_be_saved_while_a_job_deletes_it()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync($$$"""{"entities":[{{{Entity("Connection", Connection)}}},{{{Entity("Table", Connection + "/t")}}},{{{Entity("Table", "outside")}}}]}""");
        var (job, _) = await Deleter(catalog).StartAsync(Connection, purges: true, "me", Cancel);

        foreach (var entity in new[]
        {
            Entity("Table", Connection + "/t", "\"rowCount\":1"),
            Entity("Table", Connection + "/t"),
            Entity("Table", Connection + "/new"),
            Entity("Table", "new", $"\"connectionQualifiedName\":\"{Connection}\""),
            Entity("Column", "outside/c", $"\"table\":{Reference("Table", Connection + "/t")}"),
        })
        {
            var rejected = (await catalog.TrySaveAsync($$"""{"entities":[{{entity}}]}""")).ShouldBeOfType<SaveOutcome.Rejected>(entity);
            rejected.Problems.ShouldAllBe(problem => problem.Code.Equals(ErrorCodes.BeingDeleted));
            rejected.Problems[0].Message.ShouldContain(job!.Id.ToString());
        }

        (await catalog.DeleteAsync(await catalog.GuidOfAsync("Table", Connection + "/t"))).ShouldBeOfType<SaveOutcome.Rejected>();
        (await catalog.TrySaveAsync($$"""{"entities":[{{Entity("Table", "outside", "\"rowCount\":1")}}]}""")).ShouldBeOfType<SaveOutcome.Committed>();
        (await Deleter(catalog).StartAsync(Connection, purges: false, "me", Cancel)).Problem!.Code.ShouldBe(ErrorCodes.BeingDeleted);

        await Deleter(catalog).EndAsync(job!, "stopped", Cancel);
        (await catalog.TrySaveAsync($$"""{"entities":[{{Entity("Table", Connection + "/new")}}]}""")).ShouldBeOfType<SaveOutcome.Committed>();
    }

    [Fact]
    public async Task A_save_that_was_planned_before_the_job_began_is_planned_again()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync($$"""{"entities":[{{Entity("Connection", Connection)}}]}""");
        var store = new InterleavedStore(catalog.Store) { Meanwhile = async () => await Deleter(catalog).StartAsync(Connection, purges: true, "me", Cancel) };
        var saver = new Saver(store, catalog.Types, new Ids(), new SaveLimits());
        var body = System.Text.Encoding.UTF8.GetBytes($$"""{"entities":[{{Entity("Table", Connection + "/new")}}]}""");
        var request = ((Core.Save.Read.ReadOutcome.Understood)Core.Save.Read.SaveRequestReader.ReadBulk(body, catalog.Types.Newest, new SaveLimits())).Request;
        var context = new CommitContext(Guid.CreateVersion7(), "me", "api", null, ImmutableSortedDictionary<string, string>.Empty);

        (await saver.SaveAsync(request, context, Cancel)).ShouldBeOfType<SaveOutcome.Rejected>().Problems.Single().Code.ShouldBe(ErrorCodes.BeingDeleted);
    }

    private static async Task RunAsync(uint[] rolls)
    {
        var dice = new Dice(rolls);
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync($$"""{"entities":[{{string.Join(',', World(dice))}}]}""");
        if (dice.Flip())
        {
            await catalog.DeleteAsync(await catalog.GuidOfAsync("Table", $"{Connection}/t0"));
        }

        var purges = dice.Flip();
        var before = catalog.Head;
        var deleter = Deleter(catalog);
        var (job, problem) = await deleter.StartAsync(Connection, purges, "me", Cancel);
        problem.ShouldBeNull();
        var left = await deleter.RemainingAsync(job!, Cancel);
        left.Length.ShouldBe((int)job!.Total);
        var members = await GuidsAsync(catalog, left);
        while (!left.IsEmpty)
        {
            // As after a crash: a step may come again, in part or as a whole.
            var step = left[..dice.Between(1, Math.Min(9, left.Length))];
            await deleter.StepAsync(job, step, Cancel);
            left = dice.OneIn(4) ? left : left[step.Length..];
            await ShouldFoldAsync(catalog);
        }

        await deleter.EndAsync(job, problem: null, Cancel);
        (await deleter.RemainingAsync(job, Cancel)).ShouldBeEmpty();
        var events = (await catalog.EventsAsync(before)).ConvertAll(message => new ToldEvent(message));
        events.Where(told => members.Contains(told.Guid)).Select(told => told.Operation).ShouldAllBe(operation => operation == "ENTITY_DELETE");
        events.Where(told => told.Operation == "ENTITY_DELETE").Select(told => told.Guid).ShouldBe(members, ignoreOrder: true);
        foreach (var told in events.Where(told => !members.Contains(told.Guid)))
        {
            ToldEvent.Edges(told.After, "removedRelationshipAttributes").Keys.Where(edge => members.Contains(edge.Partner))
                .Concat(told.Cause is null ? [] : [("", told.Cause.Value.Guid)]).ShouldNotBeEmpty(told.ToString());
        }

        Order.Check((await catalog.EventsAsync(0)).ConvertAll(message => new ToldEvent(message)));
    }

    private static async Task ShouldFoldAsync(TestCatalog catalog) =>
        (await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, Cancel)).Faults.ShouldBeEmpty();

    private static async Task<List<Guid>> GuidsAsync(TestCatalog catalog, ImmutableArray<AssetId> assets)
    {
        await using var session = await catalog.Store.ReadAsync(Cancel);
        return [.. (await session.LoadAsync([.. assets], Cancel)).Values.Select(asset => asset.Guid)];
    }

    private static ConnectionDeleter Deleter(TestCatalog catalog) => new(catalog.Store, catalog.Types, catalog.Saver, new Ids(), TimeProvider.System);

    private static IEnumerable<string> World(Dice dice)
    {
        yield return Entity("Connection", Connection);
        var tables = new List<string>();
        for (var table = 0; table < 6; table++)
        {
            var name = table < 4 ? $"{Connection}/t{table}" : $"other/t{table}";
            tables.Add(name);
            yield return Entity("Table", name, table == 5 ? $"\"connectionQualifiedName\":\"{Connection}\"" : "\"rowCount\":1");
            for (var column = dice.Below(4); column > 0; column--)
            {
                yield return Entity("Column", $"{(dice.OneIn(5) ? "other/" : "")}{name}/c{column}", $"\"table\":{Reference("Table", name)}");
            }
        }

        for (var process = 0; process < 4; process++)
        {
            var ends = new[] { "inputs", "outputs" }.Select(end => $"\"{end}\":[{Reference("Table", dice.Pick([.. tables]))},{Reference("Table", dice.Pick([.. tables]))}]");
            yield return Entity("Process", $"{(dice.Flip() ? Connection : "other")}/p{process}", [.. ends]);
        }
    }

    private static string Entity(string typeName, string name, params string[] attributes) =>
        $"{{\"typeName\":\"{typeName}\",\"attributes\":{{{string.Join(",", attributes.Prepend($"\"name\":\"{name}\"").Prepend($"\"qualifiedName\":\"{name}\""))}}}}}";

    private static string Reference(string typeName, string name) => $"{{\"typeName\":\"{typeName}\",\"uniqueAttributes\":{{\"qualifiedName\":\"{name}\"}}}}";

    private sealed class Ids : IIdSource
    {
        public Guid NewGuid() => Guid.CreateVersion7();

        public string NewName() => Guid.NewGuid().ToString("N")[..21];
    }
}
