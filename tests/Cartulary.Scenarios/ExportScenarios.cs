using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>A catalog is moved by a file: exported from one server by the command line, and imported into another one.</summary>
public sealed class ExportScenarios(CatalogServer places) : IAsyncLifetime
{
    private const string Definitions =
        """
        {
          "enumDefs": [{"name": "Grade", "elementDefs": [{"value": "A"}, {"value": "B"}]}],
          "structDefs": [{"name": "Span", "attributeDefs": [{"name": "to", "typeName": "int"}, {"name": "from", "typeName": "int"}]}],
          "classificationDefs": [{"name": "Personal", "displayName": "Personal data", "attributeDefs": [{"name": "", "displayName": "Why", "typeName": "string", "isOptional": true}]}],
          "entityDefs": [{"name": "Notebook", "superTypes": ["Asset"], "attributeDefs": [
            {"name": "zones", "typeName": "map<string,string>", "isOptional": true}, {"name": "pages", "typeName": "array<Span>", "isOptional": true}]}],
          "relationshipDefs": [{"name": "notebook_tables", "relationshipCategory": "ASSOCIATION", "propagateTags": "NONE",
            "attributeDefs": [{"name": "weight", "typeName": "double", "isOptional": true}],
            "endDef1": {"type": "Notebook", "name": "notedTables", "cardinality": "SET"}, "endDef2": {"type": "Table", "name": "notebooks", "cardinality": "SET"}}],
          "businessMetadataDefs": [{"name": "Quality", "displayName": "Quality", "attributeDefs": [
            {"name": "score", "displayName": "Score", "typeName": "int", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]"}},
            {"name": "grades", "displayName": "Grades", "typeName": "array<Grade>", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]"}}]}]
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-export-");
    private readonly List<IAsyncDisposable> _servers = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "catalog.jsonl");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_catalog_that_was_imported_is_exported_as_the_same_bytes()
    {
        var (source, target) = (await StartAsync(), await StartAsync());
        await FillAsync(source);
        await RunAsync(source, "export", "-o", File);
        var again = Path.Combine(_folder.FullName, "again.jsonl");

        (await RunAsync(target, "import", File)).ShouldContain("types: 6 made, 1 changed");

        await RunAsync(target, "export", "-o", again);
        (await System.IO.File.ReadAllTextAsync(again, Token)).ShouldBe(await System.IO.File.ReadAllTextAsync(File, Token));
        await RunAsync(target, "verify");
    }

    [Fact]
    public async Task What_is_read_there_is_what_was_read_here()
    {
        var (source, target) = (await StartAsync(), await StartAsync());
        var guids = await FillAsync(source);
        await RunAsync(source, "export", "-o", File);
        await RunAsync(target, "import", File);

        foreach (var guid in guids.Values)
        {
            Shown(await ReadAsync(target, guid)).ShouldBe(Shown(await ReadAsync(source, guid)));
        }
    }

    [Fact]
    public async Task An_import_is_told_as_creations_and_the_second_time_as_nothing()
    {
        var (source, target) = (await StartAsync(), await StartAsync());
        var guids = await FillAsync(source);
        await RunAsync(source, "export", "-o", File);

        await RunAsync(target, "import", File);
        var events = await EventsAsync(target);
        (await RunAsync(target, "import", File)).ShouldContain("types: 0 made, 0 changed");

        (await EventsAsync(target)).Count.ShouldBe(events.Count);
        foreach (var guid in guids.Values)
        {
            events.Where(told => told.Guid == guid).Select(told => told.Operation).First().ShouldBe("ENTITY_CREATE");
        }

        events.Count(told => told.Operation == "ENTITY_CREATE").ShouldBe(events.Select(told => told.Guid).Distinct().Count());
        events.Count(told => told.Operation == "ENTITY_DELETE").ShouldBe(6);
    }

    [Fact]
    public async Task What_was_archived_together_comes_back_together_there_too()
    {
        var (source, target) = (await StartAsync(), await StartAsync());
        var guids = await FillAsync(source);
        await RunAsync(source, "export", "-o", File);
        await RunAsync(target, "import", File);
        (await StatusAsync(target, guids["with"]), await StatusAsync(target, guids["before"])).ShouldBe(("DELETED", "DELETED"));

        (await SendAsync(target, HttpMethod.Post, $"/api/meta/entity/restore/bulk?guid={guids["old words"]}", json: null)).Success();

        (await StatusAsync(target, guids["with"]), await StatusAsync(target, guids["before"])).ShouldBe(("ACTIVE", "DELETED"));
    }

    [Fact]
    public async Task A_trial_says_what_would_be_done_and_does_nothing()
    {
        var (source, target) = (await StartAsync(), await StartAsync());
        await SaveAsync(source, """{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t"}}""");
        await RunAsync(source, "export", "-o", File);

        (await RunAsync(target, "import", File, "--dry-run")).ShouldContain("1 assets: 1 would be created, 0 unchanged");
        (await EventsAsync(target)).ShouldBeEmpty();
        await RunAsync(target, "import", File);
        (await RunAsync(target, "import", File, "--dry-run")).ShouldContain("1 assets: 0 would be created, 1 unchanged");
    }

    [Fact]
    public async Task A_file_that_is_not_whole_is_refused_before_anything_is_done()
    {
        var (source, target) = (await StartAsync(), await StartAsync());
        await FillAsync(source);
        await RunAsync(source, "export", "-o", File);
        var lines = await System.IO.File.ReadAllLinesAsync(File, Token);
        await System.IO.File.WriteAllLinesAsync(File, lines[..^1], Token);

        var (code, said) = await TryAsync(target, "import", File);

        code.ShouldBe(3);
        said.ShouldContain("is not whole");
        (await EventsAsync(target)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_part_of_a_catalog_is_exported_with_what_joins_it()
    {
        var (source, target) = (await StartAsync(), await StartAsync());
        await FillAsync(source);

        await RunAsync(source, "export", "-o", File, "--under", "orders");
        (await RunAsync(target, "import", File)).ShouldContain("3 assets: 3 created");

        var orders = await ReadAsync(target, await GuidOfAsync(target, "Table", "orders"));
        orders.GetProperty("relationshipAttributes").GetProperty("columns").GetArrayLength().ShouldBe(2);
        orders.GetProperty("relationshipAttributes").TryGetProperty("notebooks", out _).ShouldBeFalse("the notebook is not in the file");
    }

    [Fact]
    public async Task An_export_beside_saves_is_of_one_moment()
    {
        var source = await StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var saved = 0;
        var saving = Task.Run(
            async () =>
            {
                for (; !stop.IsCancellationRequested; saved++)
                {
                    var count = saved.ToString(CultureInfo.InvariantCulture);
                    await SaveAsync(source, [.. Enumerable.Range(0, 40).Select(number => $$"""{"typeName":"Table","attributes":{"qualifiedName":"t{{number}}","name":"t","description":"save {{count}}"} }""")]);
                }
            },
            Token);
        for (var round = 0; round < 4; round++)
        {
            var before = saved;
            while (saved < before + 3)
            {
                await Task.Delay(5, Token);
            }

            await RunAsync(source, "export", "-o", File);
            var told = (await System.IO.File.ReadAllLinesAsync(File, Token)).Where(line => line.StartsWith("{\"asset\"", StringComparison.Ordinal))
                .Select(line => JsonElement.Parse(line).GetProperty("asset").GetProperty("attributes").GetProperty("description").GetString())
                .ToList();
            told.Count.ShouldBe(40);
            told.Distinct().ShouldHaveSingleItem();
        }

        await stop.CancelAsync();
        await saving;
    }

    [Fact]
    public async Task An_export_whose_program_and_server_are_killed_goes_on_as_the_same_bytes()
    {
        var source = await StartAsync();
        var guids = await FillAsync(source);
        await SaveAsync(source, [.. Enumerable.Range(0, 200).Select(number => $$"""{"typeName":"Table","attributes":{"qualifiedName":"more/{{number}}","name":"more","description":"{{new string('d', 500)}}"} }""")]);
        var whole = Path.Combine(_folder.FullName, "whole.jsonl");
        await RunAsync(source, "export", "-o", whole);
        await BreakOffAsync(source, bytes: 40_000);
        await source.KillAsync(Token);
        source = await source.StartAgainAsync(Token);
        _servers.Add(source);
        await SaveAsync(source, """{"typeName":"Table","attributes":{"qualifiedName":"more/3","name":"changed"}}""", """{"typeName":"Table","attributes":{"qualifiedName":"new","name":"new"}}""");
        await DeleteAsync(source, guids["orders"], "PURGE");
        await DeleteAsync(source, guids["book"], "SOFT");

        await RunAsync(source, "export", "-o", File, "--resume");

        (await System.IO.File.ReadAllTextAsync(File, Token)).ShouldBe(await System.IO.File.ReadAllTextAsync(whole, Token));
        Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).ShouldBe(["catalog.jsonl", "whole.jsonl"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_interrupted_export_is_told_from_a_new_one()
    {
        var source = await StartAsync();
        await SaveAsync(source, [.. Enumerable.Range(0, 90).Select(number => $$"""{"typeName":"Table","attributes":{"qualifiedName":"t{{number}}","name":"t","description":"{{new string('d', 500)}}"} }""")]);
        (await RunAsync(source, "export", "-o", File, "--resume")).ShouldContain("this is a new one");
        System.IO.File.Delete(File);
        await BreakOffAsync(source, bytes: 20_000);

        (await TryAsync(source, "export", "-o", File, "--type", "Table", "--resume")).Code.ShouldBe(2, "it was of other types");
        (await TryAsync(source, "export", "--resume")).Code.ShouldBe(2);
        (await SendAsync(source, HttpMethod.Post, "/api/meta/types/typedefs", """{"enumDefs":[{"name":"Grade","elementDefs":[{"value":"A"}]}]}""")).Success();
        var (code, said) = await TryAsync(source, "export", "-o", File, "--resume");
        (code, said.Contains("CARTULARY-409-00-010", StringComparison.Ordinal)).ShouldBe((3, true), said);
        (await SendAsync(source, HttpMethod.Get, "/api/export?lines=3", json: null)).Status.ShouldBe(400);
        (await SendAsync(source, HttpMethod.Get, "/api/export?moment=x", json: null)).Status.ShouldBe(400);

        (await RunAsync(source, "export", "-o", File)).ShouldContain("1 types and 90 assets");
    }

    [Fact]
    public async Task Everybody_may_export_and_administrators_import()
    {
        var server = await StartAsync();
        var made = (await SendAsync(server, HttpMethod.Post, "/api/keys", """{"name":"editor","role":"editor"}""")).Success();
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("key").GetString());

        using var file = await client.GetAsync("/api/export", Token);
        var import = await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/import", """{"assets":[]}""", [], Token);

        ((int)file.StatusCode, file.Content.Headers.ContentType?.MediaType).ShouldBe((200, "application/x-ndjson"));
        import.Status.ShouldBe(403);
        (await SendAsync(server, HttpMethod.Post, "/api/import", """{"assets":[]}""")).Success().GetRawText().ShouldBe("""{"changed":0,"unchanged":0}""");
        (await SendAsync(server, HttpMethod.Post, "/api/import", """{"assets":[],"archived":[]}""")).Status.ShouldBe(400);
        (await SendAsync(server, HttpMethod.Post, "/api/import", """{"archived":["x"]}""")).Status.ShouldBe(400);
    }

    /// <summary>Kills an export of which so many bytes have arrived, and no more do.</summary>
    private async Task BreakOffAsync(ServerProcess server, int bytes)
    {
        await using var relay = new StallingRelay(server.Address, bytes);
        using var export = CartularyProgram.Start(["export", "-o", File, "--url", relay.Address.AbsoluteUri], ServerProcess.Key);
        await relay.Stalled.WaitAsync(Token);
        var part = new FileInfo($"{File}.part");
        while (!part.Exists || part.Length < bytes / 2)
        {
            await Task.Delay(5, Token);
            part.Refresh();
        }

        export.Kill();
        await export.WaitForExitAsync(Token);
    }

    private static string Shown(JsonElement entity)
    {
        var json = JsonNode.Parse(entity.GetRawText())!.AsObject();
        foreach (var own in (string[])["version", "createTime", "updateTime", "createdBy", "updatedBy"])
        {
            json.Remove(own);
        }

        Order(json);
        return json.ToJsonString();
    }

    /// <summary>Partners come in the order in which their edges were recorded, which is the catalog's own, as are the guids of edges.</summary>
    private static void Order(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            json.Remove("relationshipGuid");
            json.Remove("relationGuid");
            foreach (var (_, member) in json.ToList())
            {
                Order(member);
            }

            var sorted = json.ToList().OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => (member.Key, Value: member.Value?.DeepClone())).ToList();
            json.Clear();
            sorted.ForEach(member => json[member.Key] = member.Value);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Order(item);
            }

            var sorted = items.Select(item => item?.DeepClone()).OrderBy(item => item?.ToJsonString(), StringComparer.Ordinal).ToList();
            items.Clear();
            sorted.ForEach(items.Add);
        }
    }

    /// <summary>A catalog with everything that a file has to carry; gives the guids of its assets by their names.</summary>
    private static async Task<Dictionary<string, string>> FillAsync(ServerProcess server)
    {
        var types = await SendAsync(server, HttpMethod.Post, "/api/meta/types/typedefs", Definitions);
        var made = types.Success();
        var (tag, why) = Named(made.GetProperty("classificationDefs")[0]);
        var (set, score) = Named(made.GetProperty("businessMetadataDefs")[0]);
        var table = JsonNode.Parse((await SendAsync(server, HttpMethod.Get, "/api/atlas/v2/types/entitydef/name/Table", json: null)).Success().GetRawText())!;
        table["attributeDefs"]!.AsArray().Add(JsonNode.Parse("""{"name":"steward","typeName":"string","isOptional":true}"""));
        (await SendAsync(server, HttpMethod.Put, "/api/atlas/v2/types/typedefs", new JsonObject { ["entityDefs"] = new JsonArray(table.DeepClone()) }.ToJsonString())).Success();
        var saved = await SaveAsync(
            server,
            $$"""{"typeName":"Table","guid":"-1","labels":["b","a"],"customAttributes":{"k":"v"},"attributes":{"qualifiedName":"orders","name":"orders","description":"Tabelle “ü” \u0001","rowCount":3,"steward":"me"},"classifications":[{"typeName":"{{tag}}","propagate":true,"attributes":{"{{why}}":"names"} }],"businessAttributes":{"{{set}}":{"{{score}}":3} } }""",
            """{"typeName":"Column","guid":"-2","attributes":{"qualifiedName":"orders/id","name":"id"},"relationshipAttributes":{"table":{"guid":"-1"}}}""",
            """{"typeName":"Column","guid":"-3","attributes":{"qualifiedName":"orders/name","name":"name"},"relationshipAttributes":{"table":{"guid":"-1"}}}""",
            """{"typeName":"Notebook","guid":"-4","attributes":{"qualifiedName":"book","name":"book","zones":{"z":"1","a":"2"},"pages":[{"typeName":"Span","attributes":{"to":2,"from":1}}]},"relationshipAttributes":{"notedTables":[{"guid":"-1","relationshipAttributes":{"typeName":"notebook_tables","attributes":{"weight":0.5}}}]}}""",
            """{"typeName":"Table","guid":"-5","attributes":{"qualifiedName":"old","name":"old"}}""",
            """{"typeName":"Column","guid":"-6","attributes":{"qualifiedName":"old/with","name":"with"},"relationshipAttributes":{"table":{"guid":"-5"}}}""",
            """{"typeName":"Column","guid":"-7","attributes":{"qualifiedName":"old/before","name":"before"},"relationshipAttributes":{"table":{"guid":"-5"}}}""",
            """{"typeName":"Process","guid":"-8","attributes":{"qualifiedName":"flow","name":"flow"},"relationshipAttributes":{"inputs":[{"guid":"-1"}],"outputs":[{"guid":"-5"}]}}""",
            """{"typeName":"AtlasGlossary","guid":"-9","attributes":{"name":"words"}}""",
            """{"typeName":"AtlasGlossaryTerm","guid":"-10","attributes":{"name":"order","anchor":{"guid":"-9"}},"relationshipAttributes":{"assignedEntities":[{"guid":"-1"}]}}""",
            """{"typeName":"Table","guid":"-11","attributes":{"qualifiedName":"gone","name":"gone"}}""",
            """{"typeName":"AtlasGlossary","guid":"-12","attributes":{"name":"old words"}}""",
            """{"typeName":"AtlasGlossaryTerm","guid":"-13","attributes":{"name":"with","anchor":{"guid":"-12"}}}""",
            """{"typeName":"AtlasGlossaryTerm","guid":"-14","attributes":{"name":"before","anchor":{"guid":"-12"}}}""",
            """{"typeName":"AtlasGlossary","guid":"-15","attributes":{"name":"twice"}}""");
        var guids = new[] { (1, "orders"), (2, "id"), (3, "name"), (4, "book"), (5, "old"), (6, "old with"), (7, "old before"), (8, "flow"), (9, "words"), (10, "order"), (12, "old words"), (13, "with"), (14, "before"), (15, "twice") }
            .ToDictionary(pair => pair.Item2, pair => saved.GetProperty("guidAssignments").GetProperty(string.Create(CultureInfo.InvariantCulture, $"-{pair.Item1}")).GetString()!);
        foreach (var guid in new[] { guids["old before"], guids["old"], guids["before"], guids["old words"], guids["twice"] })
        {
            await DeleteAsync(server, guid, "SOFT");
        }

        await DeleteAsync(server, await GuidOfAsync(server, "Table", "gone"), "PURGE");

        // One that is archived keeps its name from nobody.
        await SaveAsync(server, """{"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"twice"}}""");
        return guids;
    }

    private static (string Name, string Attribute) Named(JsonElement definition) =>
        (definition.GetProperty("name").GetString()!, definition.GetProperty("attributeDefs")[0].GetProperty("name").GetString()!);

    private static async Task<string?> StatusAsync(ServerProcess server, string guid) => (await ReadAsync(server, guid)).GetProperty("status").GetString();

    private static async Task<JsonElement> SaveAsync(ServerProcess server, params string[] entities) =>
        (await SendAsync(server, HttpMethod.Post, "/api/meta/entity/bulk", $"{{\"entities\":[{string.Join(',', entities)}]}}")).Success();

    private static async Task DeleteAsync(ServerProcess server, string guid, string deleteType) =>
        (await SendAsync(server, HttpMethod.Delete, $"/api/meta/entity/bulk?deleteType={deleteType}&guid={guid}", json: null)).Success();

    private static async Task<string> GuidOfAsync(ServerProcess server, string typeName, string name) =>
        (await SendAsync(server, HttpMethod.Get, $"/api/meta/entity/uniqueAttribute/type/{typeName}?attr:qualifiedName={Uri.EscapeDataString(name)}", json: null)).Success().GetProperty("entity").GetProperty("guid").GetString()!;

    private static async Task<JsonElement> ReadAsync(ServerProcess server, string guid) =>
        (await SendAsync(server, HttpMethod.Get, $"/api/meta/entity/guid/{guid}", json: null)).Success().GetProperty("entity");

    private static async Task<List<(string Operation, string Guid)>> EventsAsync(ServerProcess server) =>
    [
        .. (await SendAsync(server, HttpMethod.Get, "/api/events?after=0&limit=5000", json: null)).Success().GetProperty("events").EnumerateArray()
            .Select(item => item.GetProperty("envelope").GetProperty("message"))
            .Select(message => (message.GetProperty("operationType").GetString()!, message.GetProperty("entity").GetProperty("guid").GetString()!)),
    ];

    private static async Task<HttpReply> SendAsync(ServerProcess server, HttpMethod method, string path, string? json)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        return await CatalogHttp.SendAsync(client, method, path, json, [], Token);
    }

    private static async Task<string> RunAsync(ServerProcess server, params string[] arguments)
    {
        var (code, said) = await TryAsync(server, arguments);
        code.ShouldBe(0, said);
        return said;
    }

    private static Task<(int Code, string Said)> TryAsync(ServerProcess server, params string[] arguments) =>
        CartularyProgram.RunAsync([.. arguments, "--url", server.Address.AbsoluteUri], Token);

    private async Task<ServerProcess> StartAsync()
    {
        var server = await ServerProcess.StartAsync(
            Path.Combine(_folder.FullName, _servers.Count.ToString(CultureInfo.InvariantCulture)), Token, await places.NewPlaceAsync(Token));
        _servers.Add(server);
        return server;
    }
}
