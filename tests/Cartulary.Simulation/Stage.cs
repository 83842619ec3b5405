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
        foreach (var wave in stage.Types.GroupBy(type => type.Ends.Count(AssetSpec.Needs)).OrderBy(wave => wave.Key))
        {
            await stage.AddAsync([.. wave.SelectMany(type => Enumerable.Repeat(type, OfEachType))]);
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

    private async Task AddAsync(ImmutableArray<EntityType> types)
    {
        var outcome = (SaveOutcome.Committed)await Catalog.SaveAsync($"{{\"entities\":[{string.Join(",", types.Select(Entity))}]}}");
        foreach (var (type, assignment) in types.Zip(outcome.Summary.GuidAssignments))
        {
            var stored = await LoadAsync(assignment.Value);
            _props.Add(new Prop(assignment.Value, type, stored.Text(type.UniqueAttributes[0])!));
        }
    }

    private string Entity(EntityType type)
    {
        var name = NewName();
        var mandatory = type.MandatoryAttributes.Where(attribute => attribute.Type is PrimitiveType { Kind: PrimitiveKind.String }).Select(attribute => $"\"{attribute.Name}\":\"{name}\"");
        var owners = type.Ends.Where(AssetSpec.Needs).Select(end => $"\"{end.Name}\":{{\"guid\":\"{Partners(end)[0].Guid}\"}}");
        return $"{{\"typeName\":\"{type.Name}\",\"guid\":\"-{name}\",\"attributes\":{{{string.Join(",", mandatory.Concat(owners))}}}}}";
    }
}
