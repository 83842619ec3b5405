using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What scenarios of custom metadata begin with: two sets of the scenario's own, and a table.</summary>
public abstract class CustomMetadataScenario(CatalogServer server) : Scenario(server)
{
    private const string Definitions =
        """
        {
          "enumDefs": [{"name": "Grade~", "elementDefs": [{"value": "A"}, {"value": "B"}]}],
          "businessMetadataDefs": [
            {"name": "Quality~", "attributeDefs": [
              {"name": "score", "typeName": "int", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]"}},
              {"name": "note", "typeName": "string", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]", "maxStrLength": "10"}},
              {"name": "code", "typeName": "string", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]", "validPattern": "[A-Z]+", "maxStrLength": "50"}},
              {"name": "codes", "typeName": "array<string>", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]", "validPattern": "[A-Z]+", "maxStrLength": "50"}},
              {"name": "grades", "typeName": "array<string>", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]", "maxStrLength": "50"}},
              {"name": "retired", "typeName": "string", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]", "maxStrLength": "50", "isArchived": "true"}},
              {"name": "day", "typeName": "date", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]"}},
              {"name": "ratio", "typeName": "float", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]"}},
              {"name": "grade", "typeName": "Grade~", "isOptional": true, "options": {"applicableEntityTypes": "[\"Asset\"]"}}]},
            {"name": "Tables~", "attributeDefs": [
              {"name": "rows", "typeName": "long", "isOptional": true, "options": {"applicableEntityTypes": "[\"Table\"]"}}]}]
        }
        """;

    /// <summary>The set that applies to all assets.</summary>
    protected string Quality => Catalog.Own("Quality~");

    /// <summary>The set that applies to tables.</summary>
    protected string Tables => Catalog.Own("Tables~");

    /// <summary>Defines the sets.</summary>
    protected async Task DefineSets() => (await Catalog.Types("POST", "/typedefs", Definitions, asAtlas: true)).Success();

    /// <summary>A table with the given values of the set, when there are any; the sets are defined before.</summary>
    protected async Task<AssetDraft> HaveTable(string? values = null)
    {
        await DefineSets();
        var orders = await Catalog.Have(Table("orders"));
        if (values is not null)
        {
            (await Catalog.Change(HttpMethod.Post, orders, $"businessmetadata/{Quality}", values)).ShouldSucceed();
        }

        return orders;
    }

    /// <summary>Values as those of the set.</summary>
    protected string Sets(string values) => $"{{\"{Quality}\":{values}}}";

    protected string Fill(string text) => text.Replace("{quality}", Quality, StringComparison.Ordinal);

    /// <summary>What a read shows of an asset's custom metadata; null when it shows none.</summary>
    protected async Task<string?> Metadata(AssetDraft asset) =>
        (await Catalog.Get(asset)).TryGetProperty("businessAttributes", out var metadata) ? metadata.GetRawText() : null;

    /// <summary>A draft that says custom metadata.</summary>
    protected AssetDraft Saying(AssetDraft draft, string? values) =>
        draft.Set("businessAttributes", values is null ? null : JsonNode.Parse(Sets(values)));
}
