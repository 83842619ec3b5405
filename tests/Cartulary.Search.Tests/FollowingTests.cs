using System.Collections.Immutable;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Search.Tests;

/// <summary>The index holds what the catalog holds, whatever happened to it in between.</summary>
public sealed class FollowingTests : IAsyncLifetime
{
    private readonly string _folder = TestIndex.NewFolder();
    private TestCatalog _catalog = null!;

    public async ValueTask InitializeAsync() => _catalog = await TestCatalog.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    public async Task A_search_finds_each_save_that_was_acknowledged_before()
    {
        await using var index = TestIndex.Open(_catalog, _folder);
        for (var i = 0; i < 30; i++)
        {
            await SaveTableAsync($"t{i}", $"Table {i % 3}");

            (await index.FindAsync("qualifiedName", $"t{i}")).ShouldBe([$"t{i}"]);
        }

        (await index.FindAsync("name.keyword", "TABLE 1")).Count.ShouldBe(10);
    }

    [Fact]
    public async Task What_is_changed_is_found_by_its_new_values_only()
    {
        await using var index = TestIndex.Open(_catalog, _folder);
        await SaveTableAsync("t", "Before");
        (await index.FindAsync("name", "before")).ShouldBe(["t"]);

        await SaveTableAsync("t", "After");

        (await index.FindAsync("name", "before")).ShouldBeEmpty();
        (await index.FindAsync("name", "after")).ShouldBe(["t"]);
    }

    [Fact]
    public async Task What_is_archived_is_found_as_that_and_what_is_purged_not_at_all()
    {
        await using var index = TestIndex.Open(_catalog, _folder);
        await SaveTableAsync("t", "T");
        var guid = await _catalog.GuidOfAsync("Table", "t");

        await _catalog.DeleteAsync(guid);
        (await index.FindAsync("__state", "DELETED")).ShouldBe(["t"]);

        await _catalog.TryAsync(SaveRequest.Delete([new AssetSelector.ByGuid(guid)], DeletionKind.Purge));
        (await index.FindAsync("qualifiedName", "t")).ShouldBeEmpty();
        (await index.SearchAsync(new SearchExpression.Everything())).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_renamed_term_is_found_under_its_new_name_at_all_its_assets()
    {
        await using var index = TestIndex.Open(_catalog, _folder);
        await _catalog.SaveAsync(
            """
            {"entities":[
              {"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"G","qualifiedName":"g"}},
              {"typeName":"AtlasGlossaryTerm","guid":"-3","attributes":{"name":"Revenue","qualifiedName":"t","anchor":{"typeName":"AtlasGlossary","guid":"-1"}}},
              {"typeName":"Table","attributes":{"name":"A","qualifiedName":"a","meanings":[{"typeName":"AtlasGlossaryTerm","guid":"-3"}]}},
              {"typeName":"Table","attributes":{"name":"B","qualifiedName":"b","meanings":[{"typeName":"AtlasGlossaryTerm","guid":"-3"}]}}]}
            """);
        (await index.FindAsync("__meaningsText", "revenue")).ShouldBe(["a", "b"]);
        var term = (await index.SearchAsync(new SearchExpression.OneOf(index.Field("__typeName"), ["AtlasGlossaryTerm"], false))).Hits.Single().Guid;

        await _catalog.TryUpdateAsync(new AssetSelector.ByGuid(term), """{"entity":{"typeName":"AtlasGlossaryTerm","attributes":{"name":"Turnover"}}}""");

        (await index.FindAsync("__meaningsText", "revenue")).ShouldBeEmpty();
        (await index.FindAsync("__meaningsText", "turnover")).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task An_index_goes_on_where_it_ended()
    {
        await using (var first = TestIndex.Open(_catalog, _folder))
        {
            await SaveTableAsync("a", "A");
            (await first.FindAsync("qualifiedName", "a")).ShouldBe(["a"]);
            first.Builds.ShouldBe(1);
        }

        await SaveTableAsync("b", "B");
        await using var second = TestIndex.Open(_catalog, _folder);

        (await second.FindAsync("__state", "ACTIVE")).ShouldBe(["a", "b"]);
        second.Builds.ShouldBe(0);
    }

    [Fact]
    public async Task An_index_whose_last_part_was_never_made_durable_follows_that_again()
    {
        var copy = Path.Combine(Path.GetDirectoryName(_folder)!, "copy");
        await using (var first = TestIndex.Open(_catalog, _folder))
        {
            await SaveTableAsync("a", "A");
            (await first.FindAsync("qualifiedName", "a")).ShouldBe(["a"]);
            Copy(_folder, copy);
            await SaveTableAsync("b", "B");
            (await first.FindAsync("qualifiedName", "b")).ShouldBe(["b"]);
        }

        await using var crashed = TestIndex.Open(_catalog, copy);

        (await crashed.FindAsync("__state", "ACTIVE")).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task An_index_is_built_again_when_its_folder_is_gone()
    {
        await FillAsync();
        Directory.Delete(_folder, recursive: true);

        await using var index = TestIndex.Open(_catalog, _folder);

        (await index.FindAsync("__state", "ACTIVE")).Count.ShouldBe(600);
        index.Builds.ShouldBe(1);
    }

    [Theory]
    [InlineData("segments_*")]
    [InlineData("*.cfs")]
    public async Task An_index_is_built_again_when_a_file_is_damaged(string files)
    {
        await FillAsync();
        foreach (var file in Directory.GetFiles(_folder, files))
        {
            await using var open = File.OpenWrite(file);
            open.SetLength(open.Length / 3);
        }

        await using var index = TestIndex.Open(_catalog, _folder);

        (await index.FindAsync("__state", "ACTIVE")).Count.ShouldBe(600);
    }

    [Fact]
    public async Task An_index_of_another_log_is_built_again()
    {
        await using (var other = await TestCatalog.CreateAsync())
        {
            await using var foreign = TestIndex.Open(other, _folder);
            await other.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"name":"X","qualifiedName":"x"}}]}""");
            (await foreign.FindAsync("qualifiedName", "x")).ShouldBe(["x"]);
        }

        await SaveTableAsync("a", "A");
        await using var index = TestIndex.Open(_catalog, _folder);

        (await index.FindAsync("__state", "ACTIVE")).ShouldBe(["a"]);
        index.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_type_can_be_searched_at_once_and_without_a_new_index()
    {
        await using var index = TestIndex.Open(_catalog, _folder);
        await SaveTableAsync("a", "A");
        (await index.FindAsync("qualifiedName", "a")).ShouldBe(["a"]);

        await _catalog.DefineAsync(new TypesDef { EntityDefs = [Entity("Thing", "colour", "string")] });
        await _catalog.SaveAsync("""{"entities":[{"typeName":"Thing","attributes":{"name":"T","qualifiedName":"thing","colour":"red"}}]}""");

        (await index.FindAsync("colour", "red")).ShouldBe(["thing"]);
        (await index.FindAsync("__superTypeNames.keyword", "Asset")).ShouldBe(["a", "thing"]);
        index.Builds.ShouldBe(1);
    }

    [Fact]
    public async Task Types_that_change_what_a_name_means_change_what_is_found()
    {
        await _catalog.DefineAsync(new TypesDef { EntityDefs = [Entity("Thing", "size", "int")] });
        await _catalog.SaveAsync("""{"entities":[{"typeName":"Thing","attributes":{"name":"T","qualifiedName":"thing","size":7}}]}""");
        await using var index = TestIndex.Open(_catalog, _folder);
        (await index.FindAsync("size", "7")).ShouldBe(["thing"]);

        await _catalog.DefineAsync(new TypesDef { EntityDefs = [Entity("Other", "size", "string")] });
        await _catalog.SaveAsync("""{"entities":[{"typeName":"Other","attributes":{"name":"O","qualifiedName":"other","size":"7"}}]}""");

        index.Field("size").Kind.ShouldBe(SearchFieldKind.Keyword);
        (await index.FindAsync("size", "7")).ShouldBe(["other", "thing"]);
        index.Builds.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_lost_with_its_log_is_not_found_any_more()
    {
        await using var other = await TestCatalog.CreateAsync();
        await other.SaveAsync("""{"entities":[{"typeName":"Table","attributes":{"name":"T","qualifiedName":"kept"}}]}""");
        await SaveTableAsync("kept", "T");
        await SaveTableAsync("lost", "T");
        var store = new ReplacedStore(_catalog.Store);
        await using var index = TestIndex.Open(_catalog, _folder, through: store);
        (await index.FindAsync("name.keyword", "T")).ShouldBe(["kept", "lost"]);

        store.Replace(other.Store);
        var found = index.FindAsync("name.keyword", "T");
        store.Tell();

        (await found).ShouldBe(["kept"]);
    }

    [Fact]
    public async Task A_search_beyond_the_head_waits_only_so_long()
    {
        await using var engine = new SearchEngine(
            _catalog.Store,
            _catalog.Types,
            new Following.SearchOptions { Path = _folder, WaitSeconds = 0.2 },
            TimeProvider.System,
            new ListLogger());
        engine.Start();
        var request = new SearchRequest(new SearchExpression.Everything(), null, [], 0, 10, [], ImmutableArray<SearchAggregation>.Empty);

        var beyond = _catalog.Store.Head with { Sequence = _catalog.Head + 1_000 };

        await Should.ThrowAsync<SearchUnavailableException>(async () => await engine.SearchAsync(request, beyond, TestContext.Current.CancellationToken));
    }

    private static EntityDef Entity(string name, string attribute, string type) => new()
    {
        Name = name,
        SuperTypes = ["Asset"],
        AttributeDefs = [new AttributeDef { Name = attribute, TypeName = type, IsOptional = true }],
    };

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from).Where(file => !file.EndsWith("write.lock", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private async Task FillAsync()
    {
        var tables = Enumerable.Range(0, 600).Select(i => $$"""{"typeName":"Table","attributes":{"name":"T","qualifiedName":"t{{i}}"} }""");
        await _catalog.SaveAsync($$"""{"entities":[{{string.Join(',', tables)}}]}""");
        await using var index = TestIndex.Open(_catalog, _folder);
        (await index.FindAsync("__state", "ACTIVE")).Count.ShouldBe(600);
    }

    private Task SaveTableAsync(string qualifiedName, string name) =>
        _catalog.SaveAsync($$$"""{"entities":[{"typeName":"Table","attributes":{"name":"{{{name}}}","qualifiedName":"{{{qualifiedName}}}"} }]}""");
}
