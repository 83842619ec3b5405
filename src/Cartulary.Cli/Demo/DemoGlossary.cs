using System.Text;
using System.Text.Json.Nodes;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Demo;

/// <summary>A glossary with one term, made as any client of the API would make it.</summary>
internal static class DemoGlossary
{
    /// <summary>The glossary's name.</summary>
    public const string GlossaryName = "Shop words";

    /// <summary>The term's name.</summary>
    public const string TermName = "Contact detail";

    /// <summary>Makes the glossary and its term in one save, and gives the term's guid.</summary>
    public static async Task<string> CreateAsync(CatalogClient client, CancellationToken cancellationToken)
    {
        var answer = await SaveAsync(
            client,
            [
                Entity("AtlasGlossary", "-1", new JsonObject { ["name"] = GlossaryName, ["qualifiedName"] = "-1" }),
                Entity("AtlasGlossaryTerm", "-2", new JsonObject
                {
                    ["name"] = TermName,
                    ["qualifiedName"] = "-2",
                    ["userDescription"] = "Anything by which a person can be reached.",
                    ["anchor"] = new JsonObject { ["typeName"] = "AtlasGlossary", ["guid"] = "-1" },
                }),
            ],
            cancellationToken);
        return answer.Assigned["-2"];
    }

    /// <summary>Gives a column the term.</summary>
    public static Task LinkAsync(CatalogClient client, string term, AssetHeader column, CancellationToken cancellationToken) => SaveAsync(
        client,
        [
            Entity("Column", column.Guid, new JsonObject
            {
                ["name"] = column.Name,
                ["qualifiedName"] = column.QualifiedName,
                ["meanings"] = new JsonArray(new JsonObject { ["typeName"] = "AtlasGlossaryTerm", ["guid"] = term }),
            }),
        ],
        cancellationToken);

    private static JsonObject Entity(string typeName, string guid, JsonObject attributes) =>
        new() { ["typeName"] = typeName, ["guid"] = guid, ["attributes"] = attributes };

    private static Task<SaveAnswer> SaveAsync(CatalogClient client, JsonArray entities, CancellationToken cancellationToken) =>
        client.SaveAsync(Encoding.UTF8.GetBytes(new JsonObject { ["entities"] = entities }.ToJsonString()), SaveManner.Plain, cancellationToken);
}
