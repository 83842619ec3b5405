using System.Text;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Tests.Saving;

public sealed class EntityFileTests
{
    private const string A = """{"typeName":"Table","attributes":{"qualifiedName":"a"}}""";
    private const string B = """{"typeName":"Table","guid":"-7","attributes":{"qualifiedName":"b"}}""";

    public static TheoryData<string> Forms => new(
        $$"""{"entities":[{{A}},{{B}}]}""",
        $"[{A},{B}]",
        $"{A}\n{B}\n",
        $"\uFEFF \n[{A},\n{B}]",
        $$"""{"entity":{{A}}}{"entity":{{B}}}""",
        $"{A}\n[{B}]");

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_holds_the_same_assets(string text)
    {
        var entities = (await ReadAsync(text)).SelectMany(group => group.Entities).ToList();

        entities.Select(entity => entity.Guid).ShouldBe(["-item-1", "-7"]);
        Encoding.UTF8.GetString(entities[0].Utf8.Span).ShouldBe("""{"guid":"-item-1","typeName":"Table","attributes":{"qualifiedName":"a"}}""");
        Encoding.UTF8.GetString(entities[1].Utf8.Span).ShouldBe(B);
    }

    [Fact]
    public async Task Referred_entities_stay_with_their_request()
    {
        var group = (await ReadAsync($$$"""{"entities":[{{{A}}}],"referredEntities":{"-1":{{{B}}}}}""")).ShouldHaveSingleItem();

        group.Referred!.Value.GetProperty("-1").GetProperty("guid").GetString().ShouldBe("-7");
    }

    [Fact]
    public async Task An_asset_with_an_attribute_called_entities_is_an_asset()
    {
        var groups = await ReadAsync("""{"typeName":"Table","entities":[1]}""");

        groups.ShouldHaveSingleItem().Entities.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("[]")]
    [InlineData("""{"entities":[]}""")]
    public async Task Nothing_is_no_mistake(string text) => (await ReadAsync(text)).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"typeName":"Table"}{"name":"x"}""", "item 2 is no asset")]
    [InlineData("[1]", "item 1 is no asset")]
    [InlineData("""{"typeName":"Table" """, "not valid JSON")]
    [InlineData("""[{"typeName":"Table"},]""", "not valid JSON")]
    public async Task A_mistake_is_told_with_its_place(string text, string message) =>
        (await Should.ThrowAsync<EntityFileException>(() => ReadAsync(text))).Message.ShouldContain(message);

    private static async Task<List<EntityGroup>> ReadAsync(string text)
    {
        var groups = new List<EntityGroup>();
        await foreach (var group in EntityFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken))
        {
            groups.Add(group);
        }

        return groups;
    }
}
