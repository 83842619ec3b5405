namespace Cartulary.Server.Tests.Endpoints;

/// <summary>Payloads of a small catalog: a connection, a table and its columns.</summary>
internal static class Entities
{
    public const string Connection = """{"typeName":"Connection","guid":"-1","attributes":{"name":"shop","qualifiedName":"default/sqlite/1"}}""";

    public const string Table = """{"typeName":"Table","guid":"-2","attributes":{"name":"orders","qualifiedName":"default/sqlite/1/orders","description":"Ümläut \"x\""}}""";

    public static string Column(string name, string table = "-2") =>
        $$$$"""{"typeName":"Column","guid":"-{{{{name.Length + 100}}}}","attributes":{"name":"{{{{name}}}}","qualifiedName":"default/sqlite/1/orders/{{{{name}}}}","order":1,"table":{"typeName":"Table","guid":"{{{{table}}}}"}}}""";
}
