using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Tests.Output;

public sealed class EventTextTests
{
    [Fact]
    public void An_update_shows_each_attribute_before_and_after()
    {
        var told = Update(
            """{"attributes":{"dataType":"varchar(16)","order":3,"description":null}}""",
            """{"attributes":{"dataType":"text","description":"Where it is"}}""");

        Lines(told).ShouldBe(
        [
            "#48213  2025-10-14 09:12:04Z  ENTITY_UPDATE  Column status  default/pg/1/shop/public/orders/status",
            "    dataType     text -> varchar(16)",
            "    order        - -> 3",
            "    description  Where it is -> -",
        ]);
    }

    [Fact]
    public void Relationships_show_what_came_and_what_went_and_why()
    {
        var told = Update(
            """
            {"attributes":{},
             "addedRelationshipAttributes":{"columns":[{"guid":"g1","typeName":"Column","uniqueAttributes":{"qualifiedName":"a/b/to%2Ftal"}}]},
             "removedRelationshipAttributes":{"anchor":{"guid":"g2","typeName":"AtlasGlossary","displayText":"Revenue"}}}
            """,
            "{}",
            """{"guid":"g1","sequence":48212,"relationship":"table_columns"}""");

        Lines(told)[1..].ShouldBe(
            ["    + columns to/tal  Column", "    - anchor Revenue  AtlasGlossary", "    because of #48212 (table_columns)"]);
    }

    [Fact]
    public void A_status_is_shown_only_when_it_changed()
    {
        Lines(Update("""{"attributes":{},"status":"ACTIVE"}""", """{"status":"DELETED"}"""))[1..].ShouldBe(["    status  DELETED -> ACTIVE"]);
        Lines(Update("""{"attributes":{},"status":"ACTIVE"}""", "{}")).Length.ShouldBe(1);
    }

    [Fact]
    public void A_long_text_shows_only_the_lines_that_differ()
    {
        var told = Update(
            """{"attributes":{"definition":"SELECT a,\n  c\nFROM t"}}""",
            """{"attributes":{"definition":"SELECT a,\n  b\nFROM t"}}""");

        Lines(told)[1..].ShouldBe(["    definition", "      -   b", "      +   c"]);
    }

    [Fact]
    public void A_creation_shows_what_it_was_created_with()
    {
        var told = Event("ENTITY_CREATE", """{"attributes":{"name":"status","order":3,"tags":[],"isPrimary":false,"note":null}}""", "null", "");

        Lines(told)[1..].ShouldBe(["    order      3", "    isPrimary  false"]);
    }

    [Fact]
    public void Tags_show_which_came_changed_and_went()
    {
        const string tags = """[{"typeName":"PII","entityGuid":"g0","propagate":true},{"typeName":"GDPR","entityGuid":"g7"}]""";

        Lines(Event("CLASSIFICATION_ADD", tags, "null", ""))[1..].ShouldBe(["    + PII", "    + GDPR"]);
        Lines(Event("CLASSIFICATION_UPDATE", tags, tags, ""))[1..].ShouldBe(["    ~ PII", "    ~ GDPR"]);
        Lines(Event("CLASSIFICATION_DELETE", tags, tags, ""))[1..].ShouldBe(["    - PII", "    - GDPR"]);
    }

    [Fact]
    public void Custom_metadata_shows_each_attribute_before_and_after()
    {
        var told = Event("BUSINESS_ATTRIBUTE_UPDATE", """{"quality":{"score":7,"note":null}}""", """{"quality":{"score":null,"note":"fine"}}""", "");

        Lines(told)[1..].ShouldBe(["    quality.score  - -> 7", "    quality.note   fine -> -"]);
    }

    [Fact]
    public void Names_cannot_steer_the_terminal()
    {
        var told = Update("""{"attributes":{"x\u001b[2J":"a\rb\u202e"}}""", "{}");

        Lines(told)[1].ShouldBe(@"    x\u001b[2J  - -> a\rb\u202e");
    }

    private static FeedEvent Update(string mutated, string previous, string cause = "") => Event("ENTITY_UPDATE", mutated, previous, cause);

    private static FeedEvent Event(string operation, string mutated, string previous, string cause)
    {
        var rest = cause.Length == 0 ? "" : $",\"cause\":{cause}";
        return new(48213, JsonDocument.Parse($$$"""
            {"seq":48213,"envelope":{"message":{"operationType":"{{{operation}}}","eventTime":1760433124000,
             "entity":{"typeName":"Column","guid":"g0","attributes":{"name":"status","qualifiedName":"default/pg/1/shop/public/orders/status"}},
             "mutatedDetails":{{{mutated}}},"previousDetails":{{{previous}}} {{{rest}}} } } }
            """).RootElement);
    }

    private static string[] Lines(FeedEvent told)
    {
        using var http = new HttpClient();
        using var client = new CatalogClient(http, TimeProvider.System);
        return [.. EventText.Of(told, new NameBook(client)).Select(line => line.ToString())];
    }
}
