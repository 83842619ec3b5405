using System.Text.Json;
using System.Text.RegularExpressions;
using Cartulary.Server.Tests.Hosting;
using Cartulary.Testing;

namespace Cartulary.Server.Tests.OpenApi;

/// <summary>The description of the API: whole, kept in the documentation, readable by others' readers, and shown by a page of our own.</summary>
public sealed partial class OpenApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Writes", "docs")]
    public async Task The_description_in_the_documentation_is_the_one_that_is_served() =>
        GeneratedFile.Match("docs/reference/openapi.json", await TextAsync("/openapi/v1.json"));

    [Fact]
    public async Task Every_call_is_described_in_full()
    {
        var text = await TextAsync("/openapi/v1.json");
        var tags = JsonDocument.Parse(text).RootElement.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()).ToList();
        var operations = Operations(text).ToList();

        operations.Count.ShouldBeGreaterThan(50);
        operations.Select(NameOf).ShouldBeUnique();
        operations.Select(NameOf).Where(name => !Name().IsMatch(name)).ShouldBeEmpty("names are for programs");
        operations.SelectMany(operation => operation.GetProperty("tags").EnumerateArray()).Select(tag => tag.GetString()).Distinct().ShouldBe(tags, ignoreOrder: true);
        operations.SelectMany(Gaps).ShouldBeEmpty("describe these beside their endpoints");
    }

    [Fact]
    public async Task Another_reader_understands_the_description()
    {
        var read = Microsoft.OpenApi.OpenApiDocument.Parse(await TextAsync("/openapi/v1.json"), "json");

        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
        read.Document!.Paths.ShouldContainKey("/api/meta/entity/bulk");
        read.Document.Components!.SecuritySchemes!.Keys.ShouldBe(["bearer", "basic"], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_schema_that_is_named_is_there_and_none_is_left_over()
    {
        var text = await TextAsync("/openapi/v1.json");

        var named = Reference().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
        var there = JsonDocument.Parse(text).RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => schema.Name);
        named.ShouldBe(there, ignoreOrder: true);
    }

    [Fact]
    public async Task The_page_is_open_and_fetches_nothing_from_elsewhere()
    {
        await using var host = await Host.StartAsync();
        using var answer = await host.Anonymous.GetAsync("/docs", Token);

        var page = await answer.Content.ReadAsStringAsync(Token);
        answer.EnsureSuccessStatusCode();
        answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/docs/", "the script is found relative to it");
        page.ShouldContain("openapi/v1.json");
        Fetched().Matches(page).Select(match => match.Value).ShouldBeEmpty();
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self'");
        foreach (Match script in Script().Matches(page))
        {
            using var file = await host.Anonymous.GetAsync(new Uri(new Uri(host.Anonymous.BaseAddress!, "/docs/"), script.Groups["path"].Value), Token);
            file.EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task Nothing_else_is_open()
    {
        await using var host = await Host.StartAsync();

        foreach (var path in (string[])["/api/events", "/api/meta/types/typedefs", "/openapi2", "/docsx", "/"])
        {
            (await host.SendAsync(HttpMethod.Get, path, client: host.Anonymous)).Status.ShouldBe(401, path);
        }
    }

    private static async Task<string> TextAsync(string path)
    {
        await using var host = await Host.StartAsync();
        return await host.Anonymous.GetStringAsync(path, Token);
    }

    private static string NameOf(JsonElement operation) => operation.GetProperty("operationId").GetString()!;

    /// <summary>What a call does not say of itself: its purpose, its parameters, its answer, its refusals.</summary>
    private static IEnumerable<string> Gaps(JsonElement operation)
    {
        var name = NameOf(operation);
        if (operation.GetProperty("summary").GetString()!.Length < 5)
        {
            yield return $"{name}: summary";
        }

        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateArray().Where(parameter => parameter.GetProperty("description").GetString()!.Length < 5))
            {
                yield return $"{name}: {parameter.GetProperty("name")}";
            }
        }

        var responses = operation.GetProperty("responses");
        foreach (var response in responses.EnumerateObject().Where(response => response.Value.GetProperty("description").GetString()!.Length < 5))
        {
            yield return $"{name}: answer {response.Name}";
        }

        if (!(responses.TryGetProperty("200", out var done) || responses.TryGetProperty("204", out done)) || done.GetRawText().Contains("schemas/Anything", StringComparison.Ordinal))
        {
            yield return $"{name}: the shape of its answer";
        }

        if (!operation.TryGetProperty("security", out _) && !responses.TryGetProperty("401", out _))
        {
            yield return $"{name}: refusal without a key";
        }
    }

    private static IEnumerable<JsonElement> Operations(string document) =>
        JsonDocument.Parse(document).RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => method.Value));

    [GeneratedRegex("^[a-z][A-Za-z0-9]+$")]
    private static partial Regex Name();

    [GeneratedRegex("#/components/schemas/(?<name>\\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex("(src|href)=\"(https?:)?//[^\"]*\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Fetched();

    [GeneratedRegex("<script[^>]* src=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Script();
}
