using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Search.Tests;

/// <summary>Searches while others create, change, archive, restore and purge what is searched.</summary>
public sealed class SearchUnderLoadTests : IAsyncLifetime
{
    private const int Writers = 4;
    private const int TablesEach = 5;
    private const int StepsEach = 40;
    private const int Readers = 3;

    private readonly string _folder = TestIndex.NewFolder();
    private TestCatalog _catalog = null!;

    public async ValueTask InitializeAsync() => _catalog = await TestCatalog.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_search_sees_all_that_was_acknowledged_before_it_and_nothing_that_never_was(int seed)
    {
        await using var index = TestIndex.Open(_catalog, _folder);
        var tables = Enumerable.Range(0, Writers * TablesEach).Select(number => new WrittenTable($"load/{number}")).ToList();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(
            new Random((seed * Writers) + writer), tables.GetRange(writer * TablesEach, TablesEach))));

        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
        {
            do
            {
                await CheckAsync(index, tables);
            }
            while (!writing.IsCompleted);
        }));

        await writing;
        await CheckAsync(index, tables);
    }

    private async Task WriteAsync(Random random, List<WrittenTable> tables)
    {
        for (var step = 1; step <= StepsEach; step++)
        {
            var table = tables[random.Next(tables.Count)];
            var (save, state) = table.Next(random.Next(6), step);
            table.Begin(state);
            (await save(_catalog)).ShouldBeOfType<SaveOutcome.Committed>(table.Name);
            table.Acknowledge();
            await Task.Yield();
        }
    }

    private static async Task CheckAsync(TestIndex index, List<WrittenTable> tables)
    {
        var before = tables.ConvertAll(table => table.Acknowledged);

        var result = await index.SearchAsync(new SearchExpression.Prefix(index.Field("qualifiedName"), "load/", IgnoresCase: false), "qualifiedName", "__state", "rowCount");

        result.Hits.Length.ShouldBe((int)result.Total);
        var found = result.Hits.ToDictionary(hit => hit.SortValues[0]!, hit => $"{hit.SortValues[1]} {hit.SortValues[2]}");
        foreach (var (table, acknowledged) in tables.Zip(before))
        {
            table.Since(acknowledged).ShouldContain(found.GetValueOrDefault(table.Name, WrittenTable.Absent), table.Name);
        }
    }

    /// <summary>A table that one writer changes, with all states that it was to have, one after the other.</summary>
    private sealed class WrittenTable(string name)
    {
        public const string Absent = "absent";

        private readonly Lock _lock = new();
        private readonly List<string> _states = [Absent];
        private int _acknowledged;

        public string Name => name;

        /// <summary>The number of the last state whose save has been answered.</summary>
        public int Acknowledged
        {
            get
            {
                lock (_lock)
                {
                    return _acknowledged;
                }
            }
        }

        private AssetSelector.ByUniqueAttribute Selector => new("Table", "qualifiedName", name);

        /// <summary>The states from one on, as far as they have been begun.</summary>
        public ImmutableArray<string> Since(int state)
        {
            lock (_lock)
            {
                return [.. _states.Skip(state)];
            }
        }

        public void Begin(string state)
        {
            lock (_lock)
            {
                _states.Add(state);
            }
        }

        public void Acknowledge()
        {
            lock (_lock)
            {
                _acknowledged = _states.Count - 1;
            }
        }

        /// <summary>What is done next, and the state that it leads to.</summary>
        public (Func<TestCatalog, ValueTask<SaveOutcome>> Save, string State) Next(int choice, int step)
        {
            var (status, count) = _states[^1].Split(' ') is [var first, var second] ? (first, second) : (Absent, "");
            return (choice, status) switch
            {
                (0, "ACTIVE") => (catalog => catalog.TryAsync(SaveRequest.Delete([Selector])), $"DELETED {count}"),
                (0 or 1, "DELETED") => (catalog => catalog.TryAsync(SaveRequest.Restore([Selector])), $"ACTIVE {count}"),
                (2, "ACTIVE" or "DELETED") => (catalog => catalog.TryAsync(SaveRequest.Delete([Selector], DeletionKind.Purge)), Absent),
                _ => (catalog => catalog.TrySaveAsync(Saying(step)), $"{(status == "DELETED" ? status : "ACTIVE")} {step.ToString(CultureInfo.InvariantCulture)}"),
            };
        }

        private string Saying(int step) =>
            $$$"""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"{{{name}}}","name":"load","rowCount":{{{step.ToString(CultureInfo.InvariantCulture)}}}}}]}""";
    }
}
