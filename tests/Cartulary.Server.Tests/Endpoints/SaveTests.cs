using System.Text.Json;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class SaveTests
{
    [Fact]
    public async Task A_save_that_changes_nothing_answers_with_assignments_alone()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection, Entities.Table);

        var again = await host.SaveAsync(Entities.Connection, Entities.Table);

        again.Body.EnumerateObject().Select(member => member.Name).ShouldBe(["guidAssignments"]);
        again["guidAssignments"].EnumerateObject().Select(member => member.Name).ShouldBe(["-1", "-2"]);
    }

    [Fact]
    public async Task A_created_asset_shows_its_values_and_a_related_one_its_names()
    {
        await using var host = await Host.StartAsync();
        var created = await host.SaveAsync(Entities.Table);

        var column = await host.SaveAsync(Entities.Column("id", created["guidAssignments"].GetProperty("-2").GetString()!));

        created["mutatedEntities"].GetProperty("CREATE")[0].GetProperty("attributes").GetProperty("description").GetString().ShouldBe("Ümläut \"x\"");
        var table = column["mutatedEntities"].GetProperty("UPDATE")[0];
        table.GetProperty("attributes").EnumerateObject().Select(member => member.Name).Order().ShouldBe(["name", "qualifiedName"]);
        table.GetProperty("displayText").GetString().ShouldBe("orders");
    }

    [Fact]
    public async Task A_partial_update_has_lists_of_its_own()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Table);

        var answer = await host.SendAsync(
            HttpMethod.Put,
            "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=default/sqlite/1/orders",
            """{"entity":{"typeName":"Table","attributes":{"description":"new"}}}""");

        answer.Status.ShouldBe(200);
        answer["mutatedEntities"].EnumerateObject().Single().Name.ShouldBe("PARTIAL_UPDATE");
        answer["partialUpdatedEntities"].GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "DEFAULT")]
    [InlineData("soft", "SOFT")]
    [InlineData("Default", "DEFAULT")]
    public async Task A_deletion_archives_and_names_its_kind(string? deleteType, string shown)
    {
        await using var host = await Host.StartAsync();
        var guid = (await host.SaveAsync(Entities.Table))["guidAssignments"].GetProperty("-2").GetString();

        var answer = await host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/guid/{guid}{(deleteType is null ? "" : "?deleteType=" + deleteType)}");

        var deleted = answer["mutatedEntities"].GetProperty("DELETE")[0];
        deleted.GetProperty("status").GetString().ShouldBe("DELETED");
        deleted.GetProperty("deleteHandler").GetString().ShouldBe(shown);
        (await host.GetAsync($"/api/meta/entity/guid/{guid}"))["entity"].GetProperty("status").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SaveAsync("""{"typeName":"Nothing","guid":"-1","attributes":{}}""", """{"typeName":"Other","guid":"-2","attributes":{}}""");

        answer.Code.ShouldBe("ATLAS-400-00-014");
        answer["entityGuid"].GetString().ShouldBe("-1");
        answer["problems"].EnumerateArray().Select(problem => problem.GetProperty("entityGuid").GetString()).ShouldBe(["-1", "-2"]);
        answer["errorMessage"].GetString()!.ShouldContain("; ");
    }

    [Fact]
    public async Task Unknown_names_do_not_hide_wrong_values()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SaveAsync(
            """{"typeName":"Column","attributes":{"qualifiedName":"c","name":"c","table":{"guid":"-9"}}}""",
            """{"typeName":"Nothing","attributes":{}}""",
            """{"typeName":"Column","attributes":{"qualifiedName":"d","order":"x"},"labels":["a b"]}""");

        answer["problems"].EnumerateArray().Select(problem => problem.GetProperty("path").GetString()).Order(StringComparer.Ordinal).ShouldBe(
            ["entities[0].attributes.table", "entities[1].typeName", "entities[2].attributes.name", "entities[2].attributes.order", "entities[2].labels"]);
    }

    [Theory]
    [InlineData("""{"typeName":"Table","uniqueAttributes":{"qualifiedName":"a","qualifiedName":"a"}}""")]
    [InlineData("""{"guid":"-2","relationshipAttributes":{"attributes":{},"attributes":{}}}""")]
    [InlineData("""{"guid":"-2","relationshipAttributes":{"typeName":"table_columns","typeName":"table_columns"}}""")]
    public async Task A_key_given_twice_inside_a_reference_is_a_mistake(string reference)
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SaveAsync(
            """{"typeName":"Table","guid":"-2","attributes":{"qualifiedName":"a","name":"a"}}""",
            $$$"""{"typeName":"Column","attributes":{"qualifiedName":"c","name":"c","table":{{{reference}}}}}""");

        (answer.Status, answer.Code).ShouldBe((400, "ATLAS-400-00-029"));
    }

    [Fact]
    public async Task A_number_for_a_text_has_the_length_limit_of_texts()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SaveAsync($$$"""{"typeName":"Table","attributes":{"qualifiedName":"t","name":{{{new string('1', 100_001)}}} } }""");

        (answer.Status, answer.Code).ShouldBe((400, "ATLAS-400-00-028"));
    }

    [Fact]
    public async Task A_reference_that_fits_several_assets_is_a_mistake()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(
            """{"typeName":"Table","attributes":{"qualifiedName":"a","name":"a"}}""", """{"typeName":"View","attributes":{"qualifiedName":"a","name":"a"}}""");

        var answer = await host.SaveAsync(
            """{"typeName":"Process","attributes":{"qualifiedName":"p","name":"p","inputs":[{"typeName":"SQL","uniqueAttributes":{"qualifiedName":"a"}}]}}""");

        (answer.Status, answer.Code).ShouldBe((400, "ATLAS-400-00-029"));
        answer["problems"].GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("replaceTags=true&appendTags=True", 400)]
    [InlineData("replaceTags=yes", 400)]
    [InlineData("replaceTags=False&appendTags=TRUE&replaceBusinessAttributes=true&overwriteBusinessAttributes=true&skipProcessEdgeRestoration=true", 200)]
    [InlineData("replaceClassifications=true", 200)]
    public async Task Flags_are_booleans_that_make_sense_together(string flags, int status)
    {
        await using var host = await Host.StartAsync();

        (await host.SendAsync(HttpMethod.Post, $"/api/meta/entity/bulk/?{flags}", $$"""{"entities":[{{Entities.Connection}}]}""")).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_body_above_the_limit_is_refused()
    {
        await using var host = await Host.StartAsync("--Limits:BodyBytes=2000");
        var large = new string(' ', 2_001);

        var known = await host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", large);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/meta/entity/bulk") { Content = new StringContent(large) };
        chunked.Content.Headers.ContentType = new("application/json");
        chunked.Headers.TransferEncodingChunked = true;
        var unknown = await host.SendAsync(chunked);

        (known.Status, known.Code).ShouldBe((413, "CARTULARY-413-00-001"));
        (unknown.Status, unknown.Code).ShouldBe((413, "CARTULARY-413-00-001"));
    }

    [Fact]
    public async Task Bodies_beyond_the_room_for_all_of_them_are_asked_to_come_again()
    {
        await using var host = await Host.StartAsync("--Limits:BodyBytesInFlight=1024");

        var answer = await host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", new string(' ', 1_500));

        (answer.Status, answer.Code).ShouldBe((429, "CARTULARY-429-00-001"));
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_chunked_body_of_many_pieces_is_read_whole()
    {
        await using var host = await Host.StartAsync();
        var entities = string.Join(',', Enumerable.Range(0, 400).Select(number => Entities.Connection.Replace("sqlite/1", $"sqlite/{number}", StringComparison.Ordinal).Replace("-1", $"-{number + 1}", StringComparison.Ordinal)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/meta/entity/bulk") { Content = new StringContent($$"""{"entities":[{{entities}}]}""") };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;

        var answer = await host.SendAsync(request);

        answer["mutatedEntities"].GetProperty("CREATE").GetArrayLength().ShouldBe(400);
    }

    [Fact]
    public async Task Headers_of_the_client_go_into_the_events_and_secrets_do_not()
    {
        await using var host = await Host.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/meta/entity/bulk") { Content = new StringContent($$"""{"entities":[{{Entities.Connection}}]}""") };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Atlan-Agent", "sdk");
        request.Headers.Add("x-cartulary-origin", "crawler");
        request.Headers.Add("X-Other", "no");
        request.Headers.Add("Cookie", "no");

        await host.SendAsync(request);

        var headers = (await host.GetAsync("/api/events"))["events"][0].GetProperty("envelope").GetProperty("message").GetProperty("headers");
        headers.Deserialize<Dictionary<string, string>>().ShouldBe(new Dictionary<string, string> { ["X-Atlan-Agent"] = "sdk", ["x-cartulary-origin"] = "crawler" }, ignoreOrder: true);
    }
}
