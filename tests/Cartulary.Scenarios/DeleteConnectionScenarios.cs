using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>
/// What is told when a connection is deleted with everything that belongs to it (Atlan, "Asset deleted": 3 databases, 10 schemas,
/// 500 tables, 15,000 columns and the connection are 15,514 events).
/// </summary>
public sealed class DeleteConnectionScenarios(CatalogServer server) : Scenario(server)
{
    private const int Databases = 3;
    private const int Schemas = 10;
    private const int Tables = 500;
    private const int ColumnsOfTable = 30;

    [Theory]
    [InlineData("SOFT")]
    [InlineData("PURGE")]
    public async Task A_connection_of_15513_assets_is_deleted_by_15514_events(string deleteType)
    {
        var connection = await Catalog.Have(Catalog.Draft("Connection", "warehouse"));
        await SaveTreeAsync(connection.QualifiedName);

        var (job, events) = await Catalog.DeleteConnection(connection, deleteType);

        job.GetProperty("status").GetString().ShouldBe("DONE");
        job.GetProperty("total").GetInt64().ShouldBe(15_514);
        job.GetProperty("done").GetInt64().ShouldBe(15_514);
        events.Count.ShouldBe(15_514);
        events.ShouldAllBe(told => told.Message.GetProperty("operationType").GetString() == "ENTITY_DELETE" && told.Version == VersionBefore(told) + 1);
        events.Select(told => told.Guid).Distinct().Count().ShouldBe(15_514);
        events.Select(told => told.Message.GetProperty("saveId").GetString()).Distinct().ShouldHaveSingleItem();
        events.Select(told => told.Entity.GetProperty("typeName").GetString()).ShouldBe(
            [.. Enumerable.Repeat("Column", Tables * ColumnsOfTable), .. Enumerable.Repeat("Table", Tables), .. Enumerable.Repeat("Schema", Schemas), .. Enumerable.Repeat("Database", Databases), "Connection"]);
        (await Catalog.GetWith(connection)).Status.ShouldBe(deleteType == "PURGE" ? 404 : 200);
    }

    [Fact]
    public async Task What_names_the_connection_goes_with_it_and_what_is_beside_it_stays()
    {
        var connection = await Catalog.Have(Catalog.Draft("Connection", "warehouse"));
        var below = await Catalog.Have(Catalog.Draft("Table", "warehouse/orders"));
        await Catalog.Have(Catalog.Draft("Table", "elsewhere").With("connectionQualifiedName", connection.QualifiedName));
        var beside = await Catalog.Have(Catalog.Draft("Table", "warehouse-2/orders"));
        var load = await Catalog.Have(Process("load").Linked("inputs", below).Linked("outputs", beside));

        var (job, events) = await Catalog.DeleteConnection(connection, "PURGE");

        job.GetProperty("total").GetInt64().ShouldBe(3);
        events.Select(told => told.Line).ShouldBe(
            ["UPDATE load", "UPDATE warehouse-2/orders", "DELETE warehouse/orders", "DELETE elsewhere", "DELETE warehouse"], ignoreOrder: true);
        events.Single(told => told.Line == "UPDATE load").Removed("inputs").ShouldBe([below.Guid]);
        (await Catalog.Get(load)).GetProperty("status").GetString().ShouldBe("ACTIVE");
        (await Catalog.Get(beside)).GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task Deleting_again_does_nothing_and_a_purge_takes_what_is_archived()
    {
        var connection = await Catalog.Have(Catalog.Draft("Connection", "warehouse"));
        await Catalog.Have(Catalog.Draft("Table", "warehouse/orders"));
        await Catalog.DeleteConnection(connection, "SOFT");

        var (again, none) = await Catalog.DeleteConnection(connection, "SOFT");
        var (_, purged) = await Catalog.DeleteConnection(connection, "PURGE");

        again.TryGetProperty("id", out _).ShouldBeFalse();
        again.GetProperty("total").GetInt64().ShouldBe(0);
        none.ShouldBeEmpty();
        purged.Select(told => told.Line).ShouldBe(["DELETE warehouse/orders", "DELETE warehouse"]);
    }

    [Fact]
    public async Task Only_a_connection_can_be_named()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await StartAsync(new JsonObject { ["kind"] = "delete-connection", ["connection"] = orders.QualifiedName })).ShouldBe((404, "ATLAS-404-00-009"));
        (await StartAsync(new JsonObject { ["kind"] = "delete-connection", ["connection"] = "" })).ShouldBe((400, "ATLAS-400-00-01A"));
        (await StartAsync(new JsonObject { ["kind"] = "delete-all", ["connection"] = "x", ["spare"] = "y" })).ShouldBe((400, "ATLAS-400-00-01A"));
        (await StartAsync(new JsonObject { ["kind"] = "delete-connection", ["connection"] = "x", ["deleteType"] = "HARD" })).ShouldBe((400, "ATLAS-400-00-01A"));
        (await Catalog.Send(HttpMethod.Get, "/api/jobs/none", json: null)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_deletion_can_be_counted_first()
    {
        var connection = await Catalog.Have(Catalog.Draft("Connection", "warehouse"));
        await Catalog.Have(Catalog.Draft("Table", "warehouse/orders"));
        var mark = await Catalog.Head();

        var count = (await Catalog.Send(HttpMethod.Post, "/api/jobs?dryRun=true", new JsonObject { ["kind"] = "delete-connection", ["connection"] = connection.QualifiedName }.ToJsonString())).Success();

        count.GetProperty("total").GetInt64().ShouldBe(2);
        count.TryGetProperty("status", out _).ShouldBeFalse();
        (await Catalog.Feed($"after={mark}&qualifiedNamePrefix={connection.QualifiedName}")).Success().GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    private static long VersionBefore(ToldEvent told) => told.Entity.GetProperty("typeName").GetString() == "Connection" ? 1 : told.Version - 1;

    private async Task<(int Status, string? Code)> StartAsync(JsonObject body)
    {
        var reply = await Catalog.Send(HttpMethod.Post, "/api/jobs", body.ToJsonString());
        return (reply.Status, reply.Body.GetProperty("errorCode").GetString());
    }

    private async Task SaveTreeAsync(string connection)
    {
        var tree = new List<JsonObject>();
        for (var database = 0; database < Databases; database++)
        {
            tree.Add(Asset("Database", $"{connection}/d{database}"));
        }

        for (var schema = 0; schema < Schemas; schema++)
        {
            tree.Add(Asset("Schema", $"{connection}/d{schema % Databases}/s{schema}", "database", "Database"));
        }

        for (var table = 0; table < Tables; table++)
        {
            var schema = table % Schemas;
            tree.Add(Asset("Table", $"{connection}/d{schema % Databases}/s{schema}/t{table}", "atlanSchema", "Schema"));
            for (var column = 0; column < ColumnsOfTable; column++)
            {
                tree.Add(Asset("Column", $"{connection}/d{schema % Databases}/s{schema}/t{table}/c{column}", "table", "Table"));
            }
        }

        foreach (var chunk in tree.Chunk(5_000))
        {
            (await Catalog.Send(HttpMethod.Post, "/api/meta/entity/bulk", new JsonObject { ["entities"] = new JsonArray([.. chunk]) }.ToJsonString())).Success();
        }
    }

    private static JsonObject Asset(string typeName, string qualifiedName, string? parentEnd = null, string? parentType = null)
    {
        var place = qualifiedName.LastIndexOf('/');
        var attributes = new JsonObject { ["qualifiedName"] = qualifiedName, ["name"] = qualifiedName[(place + 1)..] };
        if (parentEnd is not null)
        {
            attributes[parentEnd] = new JsonObject { ["typeName"] = parentType, ["uniqueAttributes"] = new JsonObject { ["qualifiedName"] = qualifiedName[..place] } };
        }

        return new JsonObject { ["typeName"] = typeName, ["attributes"] = attributes };
    }
}
