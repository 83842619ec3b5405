using System.Text.Json;
using Cartulary.Testing;

namespace Cartulary.Architecture.Tests.Reference;

/// <summary>Holds that the page of the API lists every call that the served description has.</summary>
public sealed class CallsReferenceTests
{
    private const string Page = "docs/reference/api.md";
    private const string Begin = "<!-- made from openapi.json by ./dev docs: begin -->\n";
    private const string End = "<!-- made from openapi.json by ./dev docs: end -->\n";

    [Fact]
    [Trait("Writes", "docs")]
    public void The_page_of_the_API_lists_every_call()
    {
        var kept = GeneratedFile.Read(Page);
        var begin = kept.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = kept.IndexOf(End, StringComparison.Ordinal);

        begin.ShouldBeGreaterThan(Begin.Length);
        end.ShouldBeGreaterThanOrEqualTo(begin);
        GeneratedFile.Match(Page, $"{kept[..begin]}\n| call | what it does |\n|---|---|\n{Rows()}\n{kept[end..]}");
    }

    private static string Rows()
    {
        using var description = JsonDocument.Parse(GeneratedFile.Read("docs/reference/openapi.json"));
        return string.Concat(
            from path in description.RootElement.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            where method.Value.TryGetProperty("operationId", out _)
            orderby path.Name, method.Name
            select $"| `{method.Name.ToUpperInvariant()} {path.Name}` | {method.Value.GetProperty("summary").GetString()} |\n");
    }
}
