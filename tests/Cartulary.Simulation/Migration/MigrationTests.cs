using Cartulary.Server;
using Cartulary.Storage.Postgres;
using Cartulary.Storage.Sqlite;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;

namespace Cartulary.Simulation.Migration;

/// <summary>A catalog that is carried to PostgreSQL tells the same there, byte for byte, of now and of its past; and nothing else can be there.</summary>
public sealed class MigrationTests(PostgresCluster cluster) : IDisposable
{
    private const string Asset = """{"entities":[{"typeName":"Connection","attributes":{"name":"c","qualifiedName":"kept"}}]}""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-migrate-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Folder => _folder.FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_random_catalog_tells_the_same_in_the_database(int seed)
    {
        var before = await FillAsync(Rolled(seed, 1_500));
        await using var schema = await cluster.NewSchemaAsync(Token);

        (await Migrating.RunAsync(Folder, schema.ConnectionString, Token)).Faults.ShouldBeEmpty();

        await using var migrated = await HostedCatalog.OnDatabaseAsync(schema.ConnectionString);
        ShouldBeSame(await Picture.OfAsync(migrated), before);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_copy_that_is_broken_off_again_and_again_goes_on_and_carries_everything_once(int seed)
    {
        var random = Rolled(seed, 600);
        var before = await FillAsync(random);
        await using var schema = await cluster.NewSchemaAsync(Token);
        var dice = new Dice(random);
        var attempts = 0;
        while (!await TryAsync(schema.ConnectionString, dice, attempts) && !await IsWholeAsync(schema.ConnectionString))
        {
            attempts++;
        }

        attempts.ShouldBeGreaterThan(1);
        await using var migrated = await HostedCatalog.OnDatabaseAsync(schema.ConnectionString);
        ShouldBeSame(await Picture.OfAsync(migrated), before);
    }

    [Fact]
    public async Task Keys_retries_and_cursors_go_on()
    {
        string first, log;
        await using (var server = await HostedCatalog.OnFolderAsync(Folder))
        {
            first = await server.SaveAsync(Asset, key: "once");
            log = (await server.ReadAsync("/api/events")).GetProperty("log").GetString()!;
        }

        await using var schema = await cluster.NewSchemaAsync(Token);
        await Migrating.RunAsync(Folder, schema.ConnectionString, Token);

        await using var migrated = await HostedCatalog.OnDatabaseAsync(schema.ConnectionString);
        (await migrated.SaveAsync(Asset, key: "once")).ShouldBe(first);
        (await migrated.SaveAsync(Asset)).ShouldNotContain("mutatedEntities", Case.Sensitive, "it is stored already");
        (await migrated.SaveAsync(Asset.Replace("kept", "new", StringComparison.Ordinal))).ShouldStartWith("200");
        var next = await migrated.ReadAsync($"/api/events?log={log}&after=1");
        next.GetProperty("events").EnumerateArray().Select(told => told.GetProperty("seq").GetInt64()).ShouldBe([2]);
    }

    [Fact]
    public async Task An_empty_catalog_is_carried_and_takes_its_first_save_there()
    {
        var before = await FillAsync([]);
        await using var schema = await cluster.NewSchemaAsync(Token);

        (await Migrating.RunAsync(Folder, schema.ConnectionString, Token)).Events.ShouldBe(0);

        await using var migrated = await HostedCatalog.OnDatabaseAsync(schema.ConnectionString);
        ShouldBeSame(await Picture.OfAsync(migrated), before);
        (await migrated.SaveAsync(Asset)).ShouldStartWith("200");
    }

    [Fact]
    public async Task A_trimmed_catalog_keeps_its_beginning()
    {
        await FillAsync(Rolled(7, 900));
        SortedDictionary<string, string> before;
        await using (var server = await HostedCatalog.OnFolderAsync(Folder, "--Retention:Events", "10", "--Retention:IntervalSeconds", "1"))
        {
            while ((await server.ReadAsync("/api/events?limit=1")).GetProperty("oldest").GetInt64() == 1)
            {
                await Task.Delay(20, Token);
            }

            before = await Picture.OfAsync(server);
        }

        await using var schema = await cluster.NewSchemaAsync(Token);

        (await Migrating.RunAsync(Folder, schema.ConnectionString, Token)).Faults.ShouldBeEmpty();

        await using var migrated = await HostedCatalog.OnDatabaseAsync(schema.ConnectionString);
        ShouldBeSame(await Picture.OfAsync(migrated), before);
    }

    [Fact]
    public async Task A_folder_that_a_server_uses_is_left_alone()
    {
        await using var server = await HostedCatalog.OnFolderAsync(Folder);
        await using var schema = await cluster.NewSchemaAsync(Token);

        await Should.ThrowAsync<CatalogInUseException>(() => Migrating.RunAsync(Folder, schema.ConnectionString, Token));

        (await server.SaveAsync(Asset)).ShouldStartWith("200");
    }

    [Fact]
    public async Task A_place_that_holds_another_catalog_is_left_alone()
    {
        await FillAsync([]);
        await using var schema = await cluster.NewSchemaAsync(Token);
        await using (var other = await HostedCatalog.OnDatabaseAsync(schema.ConnectionString))
        {
            await other.SaveAsync(Asset);
        }

        var refusal = await Should.ThrowAsync<IOException>(() => Migrating.RunAsync(Folder, schema.ConnectionString, Token));

        refusal.Message.ShouldContain("holds another catalog already");
        await using var still = await HostedCatalog.OnDatabaseAsync(schema.ConnectionString);
        (await still.ReadAsync("/api/events")).GetProperty("head").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_catalog_that_was_served_in_between_is_not_mixed_with_what_was_carried_before()
    {
        await FillAsync([]);
        await using var schema = await cluster.NewSchemaAsync(Token);
        await Should.ThrowAsync<BrokenOffException>(() => Migrating.RunAsync(Folder, schema.ConnectionString, Token, stepsMax: 1));
        await using (var server = await HostedCatalog.OnFolderAsync(Folder))
        {
            await server.SaveAsync(Asset);
        }

        var refusal = await Should.ThrowAsync<IOException>(() => Migrating.RunAsync(Folder, schema.ConnectionString, Token));

        refusal.Message.ShouldContain("before it changed");
        await Should.ThrowAsync<CatalogIncompleteException>(() => HostedCatalog.OnDatabaseAsync(schema.ConnectionString));
    }

    [Fact]
    public async Task A_catalog_that_is_there_already_is_not_carried_again()
    {
        await FillAsync([]);
        await using var schema = await cluster.NewSchemaAsync(Token);
        await Migrating.RunAsync(Folder, schema.ConnectionString, Token);

        await using var again = await CatalogMigration.OpenAsync(Folder, schema.ConnectionString, Token);

        again.IsComplete.ShouldBeTrue();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static uint[] Rolled(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (uint)random.NextInt64(uint.MaxValue))];
    }

    private static void ShouldBeSame(SortedDictionary<string, string> now, SortedDictionary<string, string> before)
    {
        now.Keys.ShouldBe(before.Keys);
        foreach (var (path, answer) in before)
        {
            now[path].ShouldBe(answer, path);
        }
    }

    /// <summary>Fills the folder's catalog with random saves and looks at it.</summary>
    private async Task<SortedDictionary<string, string>> FillAsync(uint[] rolls)
    {
        await using var server = await HostedCatalog.OnFolderAsync(Folder);
        if (rolls.Length > 0)
        {
            await server.SaveAsync(RandomSaves.Foundation);
            var terms = Picture.Guids(await server.ReadAsync("/api/events?limit=5000")).Take(7).ToList();
            var dice = new Dice(rolls);
            var saves = new RandomSaves(dice, "me");
            var refused = new List<string>();
            var kept = 0;
            for (var count = 0; count < rolls.Length / 25; count++)
            {
                var answer = dice.OneIn(5) ? await server.ArchiveAsync(saves.ToArchive(terms)) : await server.SaveAsync(saves.Next(terms), key: $"save-{count}");
                answer.ShouldNotStartWith("5");
                if (!answer.StartsWith("200", StringComparison.Ordinal))
                {
                    refused.Add(answer);
                }

                kept += answer.Contains("mutatedEntities", StringComparison.Ordinal) ? 1 : 0;
            }

            kept.ShouldBeGreaterThan(rolls.Length / 75, string.Join("\n", refused));
        }

        return await Picture.OfAsync(server);
    }

    /// <summary>Goes on with the copy until it is done or broken off: after a step, or at any time.</summary>
    /// <summary>Whether the copy may be opened: one that was broken off may not, unless that was after its very end.</summary>
    private static async Task<bool> IsWholeAsync(string connectionString)
    {
        try
        {
            await using var catalog = await HostedCatalog.OnDatabaseAsync(connectionString);
            return true;
        }
        catch (CatalogIncompleteException)
        {
            return false;
        }
    }

    private async Task<bool> TryAsync(string connectionString, Dice dice, int attempt)
    {
        using var dying = CancellationTokenSource.CreateLinkedTokenSource(Token);
        if (attempt >= 2)
        {
            dying.CancelAfter(TimeSpan.FromMilliseconds(dice.Below(40) + (attempt * 5)));
        }

        try
        {
            await Migrating.RunAsync(Folder, connectionString, dying.Token, attempt < 2 ? dice.Below(3) : int.MaxValue);
            return true;
        }
        catch (Exception broken) when (broken is BrokenOffException or OperationCanceledException)
        {
            return false;
        }
    }
}
