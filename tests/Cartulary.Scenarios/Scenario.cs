using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What every scenario begins with: a catalog of its own, and the words to speak of assets.</summary>
public abstract class Scenario(CatalogServer server)
{
    protected Catalog Catalog { get; } = server.NewCatalog();

    protected AssetDraft Table(string name) => Catalog.Draft("Table", name);

    protected AssetDraft Column(string name) => Catalog.Draft("Column", name);

    protected AssetDraft Process(string name) => Catalog.Draft("Process", name);

    protected AssetDraft Glossary(string name) => Catalog.Draft("AtlasGlossary", name);

    protected AssetDraft Term(string name) => Catalog.Draft("AtlasGlossaryTerm", name);

    protected AssetDraft Category(string name) => Catalog.Draft("AtlasGlossaryCategory", name);

    protected AssetDraft Domain(string name) => Catalog.Draft("DataDomain", name);

    protected AssetDraft Product(string name) => Catalog.Draft("DataProduct", name);

    protected static JsonArray List(params string[] items) => new([.. items.Select(item => JsonValue.Create(item))]);

    /// <summary>A glossary with one term, as the catalog has it.</summary>
    protected async Task<(AssetDraft Glossary, AssetDraft Term)> HaveTerm(string name)
    {
        var glossary = await Catalog.Have(Glossary("glossary"));
        return (glossary, await Catalog.Have(Term(name).In("anchor", glossary)));
    }

    /// <summary>An attribute of an asset as text; null when it has none.</summary>
    protected async Task<string?> TextOf(AssetDraft asset, string attribute) =>
        (await Catalog.Get(asset)).GetProperty("attributes").TryGetProperty(attribute, out var value) ? value.GetString() : null;

    /// <summary>The qualified name that the server gave an asset.</summary>
    protected async Task<string> NameOf(AssetDraft asset) => (await TextOf(asset, "qualifiedName"))!;

    /// <summary>The version and time of an asset, which only a change may move.</summary>
    protected async Task<string> StampOf(AssetDraft asset)
    {
        var entity = await Catalog.Get(asset);
        return $"version {entity.GetProperty("version").GetRawText()}, updated {entity.GetProperty("updateTime").GetRawText()}";
    }
}
