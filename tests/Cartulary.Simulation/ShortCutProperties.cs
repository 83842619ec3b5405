using System.Text.RegularExpressions;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Testing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Simulation;

/// <summary>
/// The short cut is only ever a short cut: any history, with bodies that come again and again, alone and beside new ones, has the
/// same answers and the same feed with it and without it.
/// </summary>
public sealed partial class ShortCutProperties
{
    private const int Runs = 60;
    private const int StepsPerRun = 60;

    [Fact]
    public Task A_history_is_the_same_with_the_short_cut_and_without_it() =>
        Gen.UInt.Array[600, 4_000].SampleAsync(rolls => RunAsync(rolls, entries: 10_000), iter: Runs, threads: 1, print: Rolls.Print);

    [Fact]
    public Task A_history_is_the_same_with_a_short_cut_that_forgets() =>
        Gen.UInt.Array[600, 4_000].SampleAsync(rolls => RunAsync(rolls, entries: 64), iter: Runs / 3, threads: 1, print: Rolls.Print);

    [Fact]
    public async Task A_member_that_only_another_one_kept_from_changing_is_not_known()
    {
        await using var twin = await Twin.CreateAsync(entries: 1_000);
        const string Moves = """{"typeName":"Column","attributes":{"qualifiedName":"column0","name":"column0","table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"table1"}}}}""";
        const string MovesBack = """{"typeName":"Table","attributes":{"qualifiedName":"table0","name":"table0"},"appendRelationshipAttributes":{"columns":[{"typeName":"Column","uniqueAttributes":{"qualifiedName":"column0"}}]}}""";
        var both = new Step($"{{\"entities\":[{Moves},{MovesBack}]}}", Archived: null);
        (await twin.DoAsync(both)).ShouldStartWith("unchanged");
        (await twin.DoAsync(both)).ShouldStartWith("unchanged");

        (await twin.DoAsync(new Step($"{{\"entities\":[{Moves}]}}", Archived: null))).ShouldStartWith("Update");
    }

    private static async Task RunAsync(uint[] rolls, int entries)
    {
        await using var with = await Twin.CreateAsync(entries);
        await using var without = await Twin.CreateAsync(entries: 0);
        var steps = new RandomSteps(new Dice(rolls));
        for (var count = 0; count < StepsPerRun; count++)
        {
            var step = steps.Next();
            (await with.DoAsync(step)).ShouldBe(await without.DoAsync(step), step.Body ?? step.Archived);
        }

        (await with.FeedAsync()).ShouldBe(await without.FeedAsync());
        if (entries > 1_000)
        {
            with.Known.ShouldBeGreaterThan(0);
        }
    }

    /// <summary>One save: a body, or the name of a table or column to archive. The guids of founders stand in it as their places in angle brackets.</summary>
    private sealed record Step(string? Body, string? Archived);

    private sealed class RandomSteps(Dice dice)
    {
        private static readonly Guid[] Terms = [.. Enumerable.Range(0, 7).Select(place => new Guid(place, 0, 0, [9, 9, 9, 9, 9, 9, 9, 9]))];
        private readonly RandomSaves _saves = new(dice, "me");
        private readonly List<string> _sent = [];

        public Step Next()
        {
            if (dice.OneIn(12))
            {
                return new Step(null, dice.Flip() ? $"Table table{dice.Below(4)}" : $"Column column{dice.Below(12)}");
            }

            // More often than not something that was sent before, alone or beside something new.
            var members = _sent.Count > 0 && !dice.OneIn(3) ? Enumerable.Range(0, dice.Between(1, 4)).Select(_ => dice.Pick(_sent)).Distinct().ToList() : [];
            if (members.Count == 0 || dice.OneIn(4))
            {
                var fresh = Fresh();
                _sent.Add(fresh);
                members.Insert(dice.Below(members.Count + 1), fresh);
            }

            var local = 0;
            var body = Named().Replace(string.Join(',', members), match => dice.OneIn(6) ? match.Value : $"{{\"typeName\":\"{match.Groups[1].Value}\",\"guid\":\"-{++local}\",\"attributes\"");
            return new Step($"{{\"entities\":[{body}]}}", null);
        }

        private string Fresh()
        {
            var table = dice.Below(4);
            return dice.Below(9) switch
            {
                0 => $"{{\"typeName\":\"Table\",\"guid\":\"<{7 + table}>\",\"attributes\":{{\"qualifiedName\":\"{dice.Pick(["table", "other"])}{dice.Below(4)}\",\"name\":\"n\"}}}}",
                1 => $"{{\"typeName\":\"View\",\"attributes\":{{\"qualifiedName\":\"table{table}\",\"name\":\"view\"}}}}",
                2 => $"{{\"typeName\":\"SQL\",\"attributes\":{{\"qualifiedName\":\"table{table}\",\"name\":\"n\"}}}}",
                3 => $"{{\"typeName\":\"Process\",\"attributes\":{{\"qualifiedName\":\"q\",\"name\":\"q\",\"inputs\":[{{\"typeName\":\"SQL\",\"uniqueAttributes\":{{\"qualifiedName\":\"table{table}\"}}}}]}}}}",
                4 => $"{{\"typeName\":\"Column\",\"attributes\":{{\"qualifiedName\":\"column{dice.Below(12)}\",\"name\":\"n\",\"table\":{{\"guid\":\"<{7 + table}>\"}}}}}}",
                _ => InPlaces(_saves.Next(Terms)),
            };
        }

        private static string InPlaces(string body)
        {
            for (var place = 0; place < Terms.Length; place++)
            {
                body = body.Replace(Terms[place].ToString("D"), $"<{place}>", StringComparison.Ordinal);
            }

            return body["{\"entities\":[".Length..^"]}".Length];
        }
    }

    /// <summary>One of the two catalogs.</summary>
    private sealed class Twin : IAsyncDisposable
    {
        private readonly TestCatalog _catalog;
        private readonly Saver _saver;
        private readonly ShortCutSaver? _shortCut;
        private readonly List<Guid> _founders = [];
        private readonly Dictionary<string, string> _alike = new(StringComparer.Ordinal);

        private Twin(TestCatalog catalog, int entries)
        {
            _catalog = catalog;
            _saver = new Saver(catalog.Store, catalog.Types, new AscendingIds(), new SaveLimits());
            _shortCut = entries == 0 ? null : ShortCuts.Before(_saver, catalog.Store, catalog.Types, entries);
        }

        /// <summary>How many members have been known so far.</summary>
        public int Known { get; private set; }

        public static async Task<Twin> CreateAsync(int entries)
        {
            var twin = new Twin(await TestCatalog.CreateAsync(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55))), entries);
            var (outcome, _) = await ShortCuts.SaveAsync(twin._saver, shortCut: null, twin._catalog.Types, RandomSaves.Foundation, PlanBuilder.Saver("tester"));
            var founded = (SaveOutcome.Committed)outcome;
            twin._founders.AddRange(founded.Summary.GuidAssignments.Select(pair => pair.Value));
            for (var table = 0; table < 4; table++)
            {
                twin._founders.Add(await twin._catalog.GuidOfAsync("Table", $"table{table}"));
            }

            return twin;
        }

        public async Task<string> DoAsync(Step step)
        {
            if (step.Archived is { } archived)
            {
                var words = archived.Split(' ');
                return Alike(ShortCuts.Show(await _catalog.ArchiveAsync(new AssetSelector.ByUniqueAttribute(words[0], "qualifiedName", words[1]))));
            }

            var body = Place().Replace(step.Body!, match => _founders[int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)].ToString("D"));
            var (outcome, known) = await ShortCuts.SaveAsync(_saver, _shortCut, _catalog.Types, body, PlanBuilder.Saver("tester"));
            Known += known;
            return Alike(ShortCuts.Show(outcome));
        }

        public async Task<string> FeedAsync() => Alike(string.Join('\n', (await _catalog.EventsAsync(0)).Select(message => message.GetRawText())));

        public ValueTask DisposeAsync() => _catalog.DisposeAsync();

        /// <summary>Guids and made names as numbers in the order in which they first show.</summary>
        private string Alike(string text) => Made().Replace(text, match =>
        {
            if (!_alike.TryGetValue(match.Value, out var number))
            {
                _alike.Add(match.Value, number = $"#{_alike.Count}");
            }

            return number;
        });
    }

    /// <summary>What is told in the order of guids is told alike in both catalogs.</summary>
    private sealed class AscendingIds : IIdSource
    {
        private int _made;

        public Guid NewGuid() => new(++_made, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

        public string NewName() => (++_made).ToString("x21", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("<([0-9]+)>")]
    private static partial Regex Place();

    [GeneratedRegex("\\{\"typeName\":\"(Table|View|SQL|Column|Process)\",\"attributes\"")]
    private static partial Regex Named();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{21}")]
    private static partial Regex Made();
}
