using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>Ways that end while a tag is on its way: a term leads to a table, and the table to a column.</summary>
public sealed class TagJobTests : IAsyncLifetime
{
    private const string Tag = """[{"typeName":"Pii","propagate":true,"removePropagationsOnEntityDelete":false}]""";

    private TestCatalog _catalog = null!;
    private Guid _term;
    private Guid _table;
    private Guid _column;

    public async ValueTask InitializeAsync()
    {
        _catalog = await TestCatalog.CreateAsync(limits: new SaveLimits { PassedOnPerSave = 0, PassedOnPerCommit = 2 });
        await _catalog.DefineAsync(TagModel.Types);
        var created = (SaveOutcome.Committed)await _catalog.SaveAsync(
            """
            {"entities":[
            {"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"g"}},
            {"typeName":"AtlasGlossaryTerm","guid":"-2","attributes":{"name":"m","anchor":{"guid":"-1"}}},
            {"typeName":"Table","guid":"-3","attributes":{"qualifiedName":"t","name":"t","meanings":[{"guid":"-2"}]}},
            {"typeName":"Column","guid":"-4","attributes":{"qualifiedName":"c","name":"c","table":{"guid":"-3"}}}]}
            """);
        Guid Of(string local) => created.Summary.GuidAssignments.Single(pair => pair.Key == local).Value;
        (_term, _table, _column) = (Of("-2"), Of("-3"), Of("-4"));
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task A_way_that_ends_before_the_tag_has_gone_over_it_does_not_pass_it_on()
    {
        await _catalog.TagAsync(_term, TagAction.Put, Tag);

        await StepAsync(TakeColumnOffAsync);
        await FinishAsync();

        await HaveTheTagAsync(_table);
    }

    [Fact]
    public async Task A_way_that_ends_after_its_beginning_has_lost_the_tag_takes_it_along()
    {
        await _catalog.TagAsync(_table, TagAction.Put, Tag);
        await FinishAsync();
        await HaveTheTagAsync(_column);

        await _catalog.TagAsync(_table, TagAction.Drop, """[{"typeName":"Pii"}]""");
        await TakeColumnOffAsync();
        await FinishAsync();

        await HaveTheTagAsync();
    }

    [Fact]
    public async Task A_way_that_ends_after_the_tag_was_kept_from_it_takes_it_along()
    {
        await _catalog.TagAsync(_table, TagAction.Put, Tag);
        await FinishAsync();

        await _catalog.TagAsync(_table, TagAction.Put, """[{"typeName":"Pii","restrictPropagationThroughHierarchy":true}]""");
        await TakeColumnOffAsync();
        await FinishAsync();

        await HaveTheTagAsync();
    }

    private async Task TakeColumnOffAsync()
    {
        var outcome = await _catalog.SaveAsync(
            $$"""
            {"entities":[{"typeName":"Column","guid":"{{_column}}","attributes":{"qualifiedName":"c","name":"c"},"relationshipAttributes":{"table":null} }]}
            """);
        outcome.ShouldBeOfType<SaveOutcome.Committed>();
    }

    private async Task StepAsync(Func<Task> beforeCommit)
    {
        var isFirst = true;
        await _catalog.NewTagJob().StepAsync(
            async () =>
            {
                if (isFirst)
                {
                    await beforeCommit();
                }

                isFirst = false;
                return true;
            },
            TestContext.Current.CancellationToken);
    }

    private async Task FinishAsync()
    {
        while (await _catalog.NewTagJob().StepAsync(static () => new(true), TestContext.Current.CancellationToken))
        {
        }
    }

    private async Task HaveTheTagAsync(params Guid[] expected)
    {
        var have = new List<Guid>();
        foreach (var guid in new[] { _table, _column })
        {
            if ((await _catalog.GetAsync(guid)).Asset.State.Tags.Any(tag => tag.Source != guid))
            {
                have.Add(guid);
            }
        }

        have.ShouldBe(expected);
        await TagOracle.CheckAsync(_catalog.Store, _catalog.Types);
    }
}
