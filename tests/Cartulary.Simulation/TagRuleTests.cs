using System.Text.Json;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>What requests may do with tags, and what they are told when they may not.</summary>
public sealed class TagRuleTests : IAsyncLifetime
{
    private TestCatalog _catalog = null!;
    private Guid _table;
    private Guid _column;
    private Guid _glossary;

    public async ValueTask InitializeAsync()
    {
        _catalog = await TestCatalog.CreateAsync();
        await _catalog.DefineAsync(TagModel.Types);
        var created = (SaveOutcome.Committed)await _catalog.SaveAsync(
            """
            {"entities":[
            {"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"t","name":"t"},"classifications":[{"typeName":"Pii","attributes":{"level":3}}]},
            {"typeName":"Column","guid":"-2","attributes":{"qualifiedName":"c","name":"c","table":{"guid":"-1"}}},
            {"typeName":"AtlasGlossary","guid":"-3","attributes":{"name":"g"}}]}
            """);
        (_table, _column, _glossary) = (Of(created, 1), Of(created, 2), Of(created, 3));
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Theory]
    [InlineData("table", TagAction.Attach, """[{"typeName":"Pii"}]""", "ATLAS-400-00-01A")]
    [InlineData("column", TagAction.Attach, """[{"typeName":"OnlyTables"}]""", "ATLAS-400-00-055")]
    [InlineData("column", TagAction.Update, """[{"typeName":"Pii"}]""", "ATLAS-400-00-06B")]
    [InlineData("column", TagAction.Remove, """[{"typeName":"Pii"}]""", "ATLAS-400-00-06C")]
    [InlineData("table", TagAction.Update, """[{"typeName":"Secret"}]""", "ATLAS-400-00-06D")]
    [InlineData("table", TagAction.Remove, """[{"typeName":"Secret"}]""", "ATLAS-400-00-06D")]
    [InlineData("table", TagAction.Attach, "[]", "ATLAS-400-00-06F")]
    [InlineData("table", TagAction.Attach, "[{}]", "ATLAS-400-00-06F")]
    [InlineData("table", TagAction.Attach, """[{"typeName":"Nothing"}]""", "ATLAS-404-00-008")]
    [InlineData("table", TagAction.Attach, """[{"typeName":"Secret","propagate":"maybe"}]""", "ATLAS-400-00-029")]
    [InlineData("table", TagAction.Put, """[{"typeName":"Pii","attributes":{"level":"high"}}]""", "ATLAS-404-00-007")]
    [InlineData("table", TagAction.Attach, """[{"typeName":"Secret","restrictPropagationThroughLineage":true,"restrictPropagationThroughHierarchy":true}]""", "ATLAS-400-00-091")]
    [InlineData("glossary", TagAction.Attach, """[{"typeName":"Pii"}]""", "ATLAS-409-00-015")]
    public async Task What_may_not_be_done_is_refused_and_changes_nothing(string asset, TagAction action, string tags, string code)
    {
        var before = _catalog.Store.Head;

        var outcome = await _catalog.TagAsync(asset switch { "table" => _table, "column" => _column, _ => _glossary }, action, tags);

        outcome.ShouldBeOfType<SaveOutcome.Rejected>().Problems.ShouldHaveSingleItem().Code.Code.ShouldBe(code);
        _catalog.Store.Head.ShouldBe(before);
    }

    [Fact]
    public async Task An_asset_that_does_not_exist_has_no_tags()
    {
        var outcome = await _catalog.TagAsync(Guid.NewGuid(), TagAction.Attach, """[{"typeName":"Pii"}]""");

        outcome.ShouldBeOfType<SaveOutcome.Rejected>().Problems.ShouldHaveSingleItem().Code.Code.ShouldBe("ATLAS-404-00-005");
    }

    [Theory]
    [InlineData("""[{"typeName":"Pii"}]""")]
    [InlineData("""[{"typeName":"Pii","attributes":{"level":"3"},"propagate":true}]""")]
    [InlineData("""[{"typeName":"Pii","attributes":{"level":3.0},"propagate":null,"validityPeriods":[],"removePropagationsOnEntityDelete":"TRUE"}]""")]
    public async Task A_tag_that_is_there_alike_is_no_change(string tags)
    {
        (await _catalog.TagAsync(_table, TagAction.Update, tags)).ShouldBeOfType<SaveOutcome.Unchanged>();
        (await _catalog.TrySaveAsync(Table($"\"classifications\":{tags}"), TagMode.Replace)).ShouldBeOfType<SaveOutcome.Unchanged>();
        (await _catalog.TrySaveAsync(Table($"\"addOrUpdateClassifications\":{tags}"), TagMode.Append)).ShouldBeOfType<SaveOutcome.Unchanged>();
    }

    [Fact]
    public async Task Without_flags_a_save_says_nothing_of_the_tags_of_an_asset_that_exists() =>
        (await _catalog.TrySaveAsync(Table("\"classifications\":[{\"typeName\":\"Secret\"}],\"removeClassifications\":[{\"typeName\":\"Pii\"}]"), TagMode.Ignored))
            .ShouldBeOfType<SaveOutcome.Unchanged>();

    [Fact]
    public async Task Replacing_touches_only_the_tags_that_differ()
    {
        var head = _catalog.Head;

        await _catalog.TrySaveAsync(Table("\"classifications\":[{\"typeName\":\"Pii\"},{\"typeName\":\"Secret\",\"propagate\":false}]"), TagMode.Replace);

        (await ToldAsync(head)).ShouldBe([$"CLASSIFICATION_ADD {_table} Secret"]);
    }

    [Fact]
    public async Task A_tag_both_put_and_removed_is_removed()
    {
        var head = _catalog.Head;

        await _catalog.TrySaveAsync(
            Table("\"addOrUpdateClassifications\":[{\"typeName\":\"Pii\"},{\"typeName\":\"Secret\"}],\"removeClassifications\":[{\"typeName\":\"Secret\"},{\"typeName\":\"Pii\"}]"), TagMode.Append);

        (await ToldAsync(head)).ShouldBe([$"CLASSIFICATION_DELETE {_table} Pii", $"CLASSIFICATION_DELETE {_column} Pii"]);
    }

    [Fact]
    public async Task An_archived_asset_keeps_its_tags_and_comes_back_with_its_own()
    {
        await _catalog.DeleteAsync(_table);
        (await _catalog.GetAsync(_table)).Asset.State.Tags.ShouldHaveSingleItem().Source.ShouldBe(_table);
        (await _catalog.GetAsync(_column)).Asset.State.Tags.ShouldBeEmpty();
        var head = _catalog.Head;

        await _catalog.SaveAsync(Table("\"status\":\"ACTIVE\""));

        (await ToldAsync(head)).ShouldBe(
            [$"ENTITY_UPDATE {_table} ", $"ENTITY_UPDATE {_column} ", $"CLASSIFICATION_ADD {_column} Pii"]);
    }

    [Fact]
    public async Task A_tag_may_outlive_the_use_of_the_asset_it_comes_from()
    {
        await _catalog.TagAsync(_table, TagAction.Update, """[{"typeName":"Pii","removePropagationsOnEntityDelete":false}]""");

        await _catalog.DeleteAsync(_table);

        (await _catalog.GetAsync(_column)).Asset.State.Tags.ShouldHaveSingleItem().Source.ShouldBe(_table);
        await TagOracle.CheckAsync(_catalog.Store, _catalog.Types);
    }

    [Fact]
    public async Task An_event_shows_the_supertypes_of_a_tag_and_the_asset_itself_does_not()
    {
        var head = _catalog.Head;

        await _catalog.TagAsync(_column, TagAction.Attach, """[{"typeName":"Email","propagate":false,"attributes":{"level":5}}]""");

        var message = (await _catalog.EventsAsync(head)).ShouldHaveSingleItem();
        var entity = message.GetProperty("entity");
        entity.GetProperty("classificationNames").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Pii", "Email"], ignoreOrder: true);
        var shown = entity.GetProperty("classifications").EnumerateArray().Where(tag => tag.GetProperty("entityGuid").GetGuid() == _column);
        shown.Select(tag => tag.GetProperty("typeName").GetString()).ShouldBe(["Email", "Pii"]);
        shown.ShouldAllBe(tag => tag.GetProperty("attributes").GetProperty("level").GetInt32() == 5);
        TagsIn(message.GetProperty("mutatedDetails")).ShouldBe("Email");
        (await _catalog.GetAsync(_column)).Asset.State.Tags.Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_reader_was_given_can_be_sent_back()
    {
        var given = $$"""[{"typeName":"Pii","entityGuid":"{{_table}}","attributes":{"level":3},"propagate":true}]""";
        var column = $$"""{"entities":[{"typeName":"Column","guid":"{{_column}}","attributes":{"qualifiedName":"c","name":"c"},"classifications":{{given}},"addOrUpdateClassifications":{{given}}}]}""";

        (await _catalog.TrySaveAsync(column, TagMode.Replace)).ShouldBeOfType<SaveOutcome.Unchanged>();
        (await _catalog.TrySaveAsync(column, TagMode.Append)).ShouldBeOfType<SaveOutcome.Unchanged>();
    }

    private string Table(string members) =>
        $$"""{"entities":[{"typeName":"Table","guid":"{{_table}}","attributes":{"qualifiedName":"t","name":"t"},{{members}}}]}""";

    private async Task<List<string>> ToldAsync(long after) => (await _catalog.EventsAsync(after)).ConvertAll(message =>
        $"{message.GetProperty("operationType").GetString()} {message.GetProperty("entity").GetProperty("guid").GetString()} {TagsIn(message.GetProperty("mutatedDetails"))}");

    private static string TagsIn(JsonElement details) => details.ValueKind == JsonValueKind.Array
        ? string.Join(',', details.EnumerateArray().Select(tag => tag.GetProperty("typeName").GetString()))
        : "";

    private static Guid Of(SaveOutcome.Committed created, int local) => created.Summary.GuidAssignments.Single(pair => pair.Key == $"-{local}").Value;
}
