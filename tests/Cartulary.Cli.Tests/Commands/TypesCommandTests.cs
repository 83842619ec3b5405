using System.Text.Json;

namespace Cartulary.Cli.Tests.Commands;

public sealed class TypesCommandTests : IDisposable
{
    private const string Types =
        """
        {"enumDefs":[{"name":"Grade","elementDefs":[{"value":"A"}]}],
         "classificationDefs":[{"name":"Personal","displayName":"Personal"}],
         "entityDefs":[{"name":"Notebook","superTypes":["DataSet"],"attributeDefs":[{"name":"grade","typeName":"Grade","isOptional":true}]}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-types-");

    [Fact]
    public async Task Types_are_imported_listed_shown_and_carried_to_another_catalog()
    {
        await using var server = await RealServer.StartAsync();
        await using var other = await RealServer.StartAsync();

        var made = await server.RunAsync("types", "import", Write("types.json", Types));
        var again = await server.RunAsync("types", "import", Write("types.json", Types));
        var listed = await server.RunAsync("types", "list");
        var shown = await server.RunAsync("types", "show", "Notebook", "--json");
        var exported = await server.RunAsync("types", "export");
        var carried = await other.RunAsync("types", "import", Write("exported.json", exported.Output));
        var carriedAgain = await server.RunAsync("types", "import", Write("exported.json", exported.Output));

        made.Output.Trim().ShouldBe("3 types: 3 made, 0 changed, 0 unchanged", made.Error);
        again.Output.Trim().ShouldBe("3 types: 0 made, 0 changed, 3 unchanged", again.Error);
        listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).ShouldBe(["enum", "classification", "entity"]);
        listed.Output.ShouldContain("Personal (");
        JsonSerializer.Deserialize<JsonElement>(shown.Output).GetProperty("superTypes")[0].GetString().ShouldBe("DataSet");
        carried.Output.Trim().ShouldBe("3 types: 3 made, 0 changed, 0 unchanged", carried.Error);
        carriedAgain.Output.Trim().ShouldBe("3 types: 0 made, 0 changed, 3 unchanged", carriedAgain.Error);
        (await other.RunAsync("types", "list")).Output.ShouldBe(listed.Output, "names that the server made up are the same in both");
    }

    [Fact]
    public async Task A_change_of_a_file_is_a_change_of_its_type_alone()
    {
        await using var server = await RealServer.StartAsync();
        await server.RunAsync("types", "import", Write("types.json", Types));

        var changed = await server.RunAsync("types", "import", Write("types.json", Types.Replace("""{"value":"A"}""", """{"value":"A"},{"value":"B"}""", StringComparison.Ordinal)));

        changed.Output.Trim().ShouldBe("3 types: 0 made, 1 changed, 2 unchanged", changed.Error);
    }

    [Fact]
    public async Task What_is_built_in_is_shown_when_asked_for()
    {
        await using var server = await RealServer.StartAsync();

        (await server.RunAsync("types", "list")).Output.ShouldBeEmpty();
        (await server.RunAsync("types", "list", "--all", "--category", "entity")).Output.ShouldContain("entity            Table\n");
        (await server.RunAsync("types", "export", "Table")).Output.ShouldContain("\"Table\"");
    }

    [Fact]
    public async Task What_is_not_there_or_wrong_is_said()
    {
        await using var server = await RealServer.StartAsync();

        (await server.RunAsync("types", "show", "Nothing")).Code.ShouldBe(1);
        (await server.RunAsync("types", "export", "Nothing")).Code.ShouldBe(1);
        (await server.RunAsync("types", "import", Write("a.json", "{}"))).Code.ShouldBe(2);
        (await server.RunAsync("types", "import", Write("a.json", "no"))).Code.ShouldBe(2);
        var refused = await server.RunAsync("types", "import", Write("a.json", """{"entityDefs":[{"name":"N","superTypes":["Nothing"]}]}"""));
        refused.Code.ShouldBe(3);
        refused.Error.ShouldContain("entityDefs[0].superTypes[0]");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
