using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Save;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>A catalog with some assets of every type, which assets under test can be linked to.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int OfEachType = 3;
    private readonly List<Prop> _props = [];
    private int _names;

    private Stage(TestCatalog catalog) => Catalog = catalog;

    public TestCatalog Catalog { get; }

    public TypeRegistry Registry => Catalog.Types.Newest;

    /// <summary>Every type of asset, those of tests included.</summary>
    public ImmutableArray<EntityType> Types => [.. Registry.Entities.OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static async Task<Stage> CreateAsync()
    {
        var stage = new Stage(await TestCatalog.CreateAsync(model: EverythingModel.WithBuiltIn()));
        foreach (var type in stage.Types.OrderBy(type => type.MandatoryEnds.Length))
        {
            for (var count = 0; count < OfEachType; count++)
            {
                await stage.AddAsync(type);
            }
        }

        return stage;
    }

    /// <summary>A name that no other asset has.</summary>
    public string NewName() => $"n{Interlocked.Increment(ref _names)}";

    /// <summary>The assets that may stand at the other end.</summary>
    public List<Prop> Partners(EndAttribute end) => [.. _props.Where(prop => prop.Type.Is(end.OtherTypeName))];

    /// <summary>An asset's present state, edges included.</summary>
    public async Task<StoredAsset> LoadAsync(Guid guid) => (await Catalog.GetAsync(guid)).Asset;

    public ValueTask DisposeAsync() => Catalog.DisposeAsync();

    private async Task AddAsync(EntityType type)
    {
        var name = NewName();
        var owners = type.MandatoryEnds.Select(end => $",\"{end.Name}\":{{\"guid\":\"{Partners(end)[0].Guid}\"}}");
        var outcome = (SaveOutcome.Committed)await Catalog.SaveAsync(
            $$$"""{"entities":[{"typeName":"{{{type.Name}}}","guid":"-1","attributes":{"qualifiedName":"{{{name}}}","name":"{{{name}}}","definition":"d"{{{string.Concat(owners)}}}}}]}""");
        var guid = outcome.Summary.GuidAssignments[0].Value;
        var stored = await LoadAsync(guid);
        _props.Add(new Prop(guid, type, stored.Text(type.Attribute("qualifiedName"))!));
    }
}
