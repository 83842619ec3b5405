using System.Text.Json;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.Docs;

/// <summary>Every page of the feed that a scenario reads is held against the page of the envelope; here, that a new field is found.</summary>
public sealed class EnvelopeFieldsTests
{
    [Fact]
    public void The_example_of_the_page_has_only_fields_of_its_tables() => EnvelopeFields.Undocumented(Example(text => text)).ShouldBeEmpty();

    [Fact]
    public void A_field_that_the_page_does_not_have_is_found() =>
        EnvelopeFields.Undocumented(Example(text => text.Replace("\"status\"", "\"mood\"", StringComparison.Ordinal))).ShouldBe(["entity: mood"]);

    private static JsonElement Example(Func<string, string> change)
    {
        var page = Page.All().Single(page => page.Path == Path.Combine("docs", "formats", "envelope.md"));
        return JsonSerializer.Deserialize<JsonElement>(change(page.Fences.Single(fence => fence.Mark == "json").Text));
    }
}
