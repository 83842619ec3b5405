using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Export;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Import;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>A catalog that is exported and imported is the same catalog, whatever was done to it before.</summary>
public sealed class ExportProperties
{
    private const int Runs = 12;

    private static readonly CommitContext Context = new(
        Guid.CreateVersion7(), "importer", "import", "SOFT", ImmutableSortedDictionary<string, string>.Empty);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task An_imported_catalog_is_exported_as_the_same_bytes() =>
        Gen.UInt.Array[60, 700].SampleAsync(rolls => MoveAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    [Fact]
    public Task An_import_that_is_broken_off_goes_on_where_it_ended() =>
        Gen.UInt.Array[60, 500].SampleAsync(rolls => GoOnAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    [Fact]
    public Task An_export_that_is_broken_off_goes_on_as_the_same_bytes_whatever_is_done_meanwhile() =>
        Gen.UInt.Array[80, 700].SampleAsync(rolls => ContinueAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    [Fact]
    public async Task An_export_goes_on_only_where_its_moment_is_shown_as_it_was()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t"}}]}""");
        var moment = (await ReadAsync(catalog, ExportScope.All, place: null)).Moment;
        await RefusedAsync(ExportScope.All, moment with { LogId = Guid.CreateVersion7() }, "another catalog");
        await RefusedAsync(ExportScope.All, moment with { Commit = new CommitNumber(moment.Commit.Value + 1) }, "still to come");
        await RefusedAsync(ExportScope.All, moment with { Trimmed = new CommitNumber(1) }, "trimmed");
        await RefusedAsync(new ExportScope(["Table"], null), moment, "other types");

        await catalog.DefineAsync(TagModel.Types);

        await RefusedAsync(ExportScope.All, moment, "type definitions");

        async Task RefusedAsync(ExportScope scope, ExportMoment wanted, string reason)
        {
            var (export, problem) = await new ExportReader(catalog.Store, catalog.Types).ContinueAsync(scope, new ExportPlace(wanted, 1), Cancel);
            export.ShouldBeNull();
            (problem!.Code, problem.Message.Contains(reason, StringComparison.Ordinal)).ShouldBe((ErrorCodes.ExportEnded, true), problem.Message);
        }
    }

    [Fact]
    public async Task An_asset_that_is_there_otherwise_is_refused()
    {
        await using var source = await TestCatalog.CreateAsync();
        await source.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t","description":"one"}}]}""");
        var line = Assets(await ExportAsync(source)).ShouldHaveSingleItem();
        await using var target = await TestCatalog.CreateAsync();
        await ImportAsync(target, [line]);
        var guid = await target.GuidOfAsync("Table", "t");
        guid.ShouldBe(await source.GuidOfAsync("Table", "t"));
        await target.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t","description":"two"}}]}""");

        (await TryImportAsync(target, [line])).ShouldBeOfType<ImportOutcome.Refused>().Problems.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.ImportDiffers);

        await target.TryAsync(SaveRequest.Delete([new AssetSelector.ByGuid(guid)], DeletionKind.Purge));
        (await TryImportAsync(target, [line])).ShouldBeOfType<ImportOutcome.Refused>().Problems.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.NameTaken, "guids are never used again");
    }

    [Theory]
    [InlineData("\"typeName\":\"Table\"", "\"typeName\":\"Nothing\"", "assets[0].typeName")]
    [InlineData("\"rowCount\":3", "\"rowCount\":\"many\"", "assets[0].attributes.rowCount")]
    [InlineData("\"rowCount\":3", "\"noSuch\":3", "assets[0].attributes.noSuch")]
    [InlineData("\"status\":\"ACTIVE\"", "\"status\":\"PURGED\"", "assets[0].status")]
    [InlineData("\"labels\":[\"l\"]", "\"labels\":[1]", "assets[0].labels[0]")]
    [InlineData("\"labels\":[\"l\"]", "\"classifications\":[{\"typeName\":\"None\"}]", "assets[0].classifications[0].typeName")]
    [InlineData("\"labels\":[\"l\"]", "\"relationships\":[{\"typeName\":\"table_columns\",\"end\":1,\"guid\":\"00000000-0000-4000-8000-000000000000\"}]", "assets[0].relationships[0]")]
    [InlineData("\"labels\":[\"l\"]", "\"relationships\":[{\"typeName\":\"table_columns\",\"end\":2,\"guid\":\"00000000-0000-4000-8000-000000000000\"}]", "assets[0].relationships[0]")]
    public async Task A_line_that_is_not_right_is_refused_with_its_place(string part, string wrong, string path)
    {
        await using var source = await TestCatalog.CreateAsync();
        await source.SaveAsync("""{"entities":[{"typeName":"Table","labels":["l"],"attributes":{"qualifiedName":"t","name":"t","rowCount":3}}]}""");
        var line = Assets(await ExportAsync(source)).ShouldHaveSingleItem();
        line.ShouldContain(part);
        await using var target = await TestCatalog.CreateAsync();

        var refused = (await TryImportAsync(target, [line.Replace(part, wrong, StringComparison.Ordinal)])).ShouldBeOfType<ImportOutcome.Refused>();

        refused.Problems.Select(problem => problem.Path).ShouldContain(path);
        target.Head.ShouldBe(0);
    }

    private static async Task MoveAsync(uint[] rolls)
    {
        var dice = new Dice(rolls);
        await using var source = await TestCatalog.CreateAsync();
        await FillAsync(source, dice, rolls.Length / 20);
        var file = await ExportAsync(source);
        await using var target = await EmptyLikeAsync(source);

        await ImportAsync(target, file, dice);

        (await ExportAsync(target)).ShouldBe(file);
        await VerifyAsync(target);
        var head = target.Head;
        await ImportAsync(target, file, dice);
        target.Head.ShouldBe(head, "what is there is passed over");
        (await ExportAsync(source)).ShouldBe(file);
    }

    private static async Task GoOnAsync(uint[] rolls)
    {
        var dice = new Dice(rolls);
        await using var source = await TestCatalog.CreateAsync();
        await FillAsync(source, dice, rolls.Length / 20);
        var file = await ExportAsync(source);
        await using var target = await EmptyLikeAsync(source);
        var lines = Assets(file);
        foreach (var chunk in lines.Take(dice.Below(lines.Count + 1)).Chunk(dice.Between(1, 9)))
        {
            await ImportAsync(target, chunk);
        }

        await ImportAsync(target, file, dice);

        (await ExportAsync(target)).ShouldBe(file);
        await VerifyAsync(target);
    }

    private static async Task ContinueAsync(uint[] rolls)
    {
        var dice = new Dice(rolls);
        await using var catalog = await TestCatalog.CreateAsync();
        var change = await BeginAsync(catalog, dice);
        await RepeatAsync(change, rolls.Length / 20);
        var scope = dice.OneIn(2) ? ExportScope.All : new ExportScope(["Table", "AtlasGlossaryTerm"], null);
        var (file, moment) = await ReadAsync(catalog, scope, place: null);
        var lines = file.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var read = 0; read <= lines.Length; read += dice.Between(1, lines.Length))
        {
            await RepeatAsync(change, dice.Below(8));

            var rest = (await ReadAsync(catalog, scope, new ExportPlace(moment, read))).Text;

            rest.ShouldBe(string.Concat(lines.Skip(read).Select(line => line + '\n')));
        }
    }

    /// <summary>Saves, archives, purges, restores and tags at random in two worlds.</summary>
    private static async Task FillAsync(TestCatalog catalog, Dice dice, int steps) => await RepeatAsync(await BeginAsync(catalog, dice), steps);

    private static async Task RepeatAsync(Func<Task> change, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await change();
        }
    }

    /// <summary>Makes what changes need; gives one that makes a random change.</summary>
    private static async Task<Func<Task>> BeginAsync(TestCatalog catalog, Dice dice)
    {
        var tagging = new RandomTagging(catalog, dice);
        await tagging.BeginAsync();
        var founded = (SaveOutcome.Committed)await catalog.SaveAsync(RandomSaves.Foundation);
        List<Guid> terms = [.. founded.Summary.GuidAssignments.Select(assignment => assignment.Value)];
        var saves = new RandomSaves(dice, "me");
        return async () =>
        {
            await tagging.NextAsync();
            _ = dice.OneIn(4) ? await catalog.TryAsync(saves.ToEnd(terms)) : await catalog.TrySaveAsync(saves.Next(terms));
        };
    }

    private static async Task<TestCatalog> EmptyLikeAsync(TestCatalog source)
    {
        var target = await TestCatalog.CreateAsync();
        await target.DefineAsync(TagModel.Types);
        source.Types.Newest.Stored.Length.ShouldBe(target.Types.Newest.Stored.Length);
        return target;
    }

    private static async Task<string> ExportAsync(TestCatalog catalog) => (await ReadAsync(catalog, ExportScope.All, place: null)).Text;

    private static async Task<(string Text, ExportMoment Moment)> ReadAsync(TestCatalog catalog, ExportScope scope, ExportPlace? place)
    {
        var reader = new ExportReader(catalog.Store, catalog.Types);
        var (export, problem) = place is null ? await reader.OpenAsync(scope, Cancel) : await reader.ContinueAsync(scope, place, Cancel);
        problem.ShouldBeNull();
        await using (export)
        {
            var text = new StringBuilder();
            await foreach (var lines in export!.ReadAsync(Cancel))
            {
                text.Append(Encoding.UTF8.GetString(lines.Span));
            }

            return (text.ToString(), export.Moment);
        }
    }

    private static List<string> Assets(string file) => Values(file, "asset").ConvertAll(value => value.GetRawText());

    private static List<JsonElement> Values(string file, string name) =>
        [.. file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).EnumerateObject().Single()).Where(member => member.Name == name).Select(member => member.Value)];

    private static async Task ImportAsync(TestCatalog catalog, string file, Dice dice)
    {
        foreach (var chunk in Assets(file).Chunk(dice.Between(1, 12)))
        {
            await ImportAsync(catalog, chunk);
        }

        foreach (var group in Values(file, "archived"))
        {
            (await ImporterOf(catalog).ImportAsync(new ImportRequest([], [.. group.EnumerateArray().Select(guid => guid.GetGuid())]), Context, Cancel)).ShouldBeOfType<ImportOutcome.Done>();
        }
    }

    private static async Task ImportAsync(TestCatalog catalog, IReadOnlyCollection<string> lines)
    {
        var outcome = await TryImportAsync(catalog, lines);
        (outcome as ImportOutcome.Refused)?.Problems.Select(problem => $"{problem.Path} {problem.Message}").ShouldBeEmpty();
    }

    private static ValueTask<ImportOutcome> TryImportAsync(TestCatalog catalog, IReadOnlyCollection<string> lines) =>
        ImporterOf(catalog).ImportAsync(new ImportRequest([.. lines.Select(line => JsonElement.Parse(line))], []), Context, Cancel);

    private static Importer ImporterOf(TestCatalog catalog) => new(catalog.Store, catalog.Types, new Ids(), new SaveLimits());

    private static async Task VerifyAsync(TestCatalog catalog)
    {
        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, Cancel);
        verification.Faults.ShouldBeEmpty();
    }

    private sealed class Ids : IIdSource
    {
        public Guid NewGuid() => Guid.CreateVersion7();

        public string NewName() => Guid.NewGuid().ToString("N")[..21];
    }
}
