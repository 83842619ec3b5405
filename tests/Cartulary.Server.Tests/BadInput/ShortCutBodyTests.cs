using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.BadInput;

/// <summary>Bodies that mean something unusual are answered the same whether or not their members are known, and tell the same.</summary>
public sealed class ShortCutBodyTests
{
    private const string Table = """{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t"}}""";
    private const string Local = """{"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"t","name":"t"}}""";
    private const string Column = """{"typeName":"Column","guid":"-2","attributes":{"qualifiedName":"c","name":"c","order":1,"table":{"guid":"-1"}}}""";

    private static readonly string[] Bodies =
    [
        """{"entities":[‹table›]}""",
        """{"entities":[‹table›],"referredEntities":null}""",
        """{"referredEntities":{},"entities":[‹table›],"referredEntities":{}}""",
        """{"entities":[],"entities":[‹table›]}""",
        """{"entities":[‹table›],"\u0065ntities":[]}""",
        """{"\u0065ntities":[‹table›]}""",
        """ { "entities" : [ ‹table› , ‹table› ] } """,
        """{"entities":[‹local›]}""",
        """{"entities":[‹local›,‹local›]}""",
        """{"entities":[‹local›,‹column›]}""",
        """{"entities":[‹column›,‹local›]}""",
        """{"entities":[‹column›],"referredEntities":{"-1":‹local›}}""",
        """{"entities":[{"typeName":"Table","\u0067uid":"-1","attributes":{"qualifiedName":"t","name":"t"}}]}""",
        """{"entities":[{"typeName":"Table","guid":"-1","\u0067uid":"-1","attributes":{"qualifiedName":"t","name":"t"}}]}""",
        """{"entities":[{"attributes":{"name":"\u0074","qualifiedName":"\u0074"},"typeName":"Tabl\u0065"}]}""",
        """{"\ud800":1,"entities":[‹table›]}""",
        """{"entities":[{"g\ud800":1,"typeName":"Table"}]}""",
        """{"entities":[‹table›]}{}""",
        "\uFEFF" + """{"entities":[‹table›]}""",
        """{"entities":[‹table›,{"typeName":"Nothing"},{"typeName":"Table","attributes":{"rowCount":"x"}}]}""",
    ];

    [Fact]
    public async Task Unusual_bodies_are_answered_the_same_with_the_short_cut_and_without_it()
    {
        await using var with = await Host.StartAsync();
        await using var without = await Host.StartAsync("--ShortCut:Entries=0");
        var (known, compared) = (new List<string>(), new List<string>());

        // Twice each, and all of them again after each other, so that what one has taught is there for the next.
        foreach (var shape in Bodies.SelectMany(body => new[] { body, body }).Concat(Bodies))
        {
            var body = shape.Replace("‹table›", Table, StringComparison.Ordinal).Replace("‹local›", Local, StringComparison.Ordinal).Replace("‹column›", Column, StringComparison.Ordinal);
            known.Add(await SendAsync(with, body));
            compared.Add(await SendAsync(without, body));
        }

        known.ShouldBe(compared);
        known.ShouldNotContain(answer => answer.StartsWith('5'));
        known.ShouldContain(answer => answer.StartsWith("400", StringComparison.Ordinal));
        (await with.GetAsync("/api/events"))["head"].GetInt64().ShouldBe((await without.GetAsync("/api/events"))["head"].GetInt64());
    }

    private static async Task<string> SendAsync(Host host, string body)
    {
        var answer = await host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", body);
        if (answer.Status != 200)
        {
            return $"{answer.Status} {answer["problems"].GetRawText()}";
        }

        var assigned = answer["guidAssignments"].EnumerateObject().Select(pair => pair.Name);
        return $"200 {answer.Body.TryGetProperty("mutatedEntities", out _)} {string.Join(',', assigned)}";
    }
}
