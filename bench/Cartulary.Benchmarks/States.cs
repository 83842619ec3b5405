using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Save.Normalize;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Benchmarks;

/// <summary>What is done with the values of one column.</summary>
[MemoryDiagnoser]
public class States
{
    private readonly ValueReader _values = new((_, path, message) => throw new InvalidOperationException($"{path}: {message}"));
    private readonly ValueLimits _limits = new(new SaveLimits().TextLength);
    private ImmutableArray<(AssetAttribute Attribute, RequestField Field)> _fields;
    private AssetState _state = null!;
    private AssetState _other = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        await using var sample = await SampleCatalog.CreateAsync();
        var type = sample.Catalog.Types.Newest.FindEntity("Column")!;
        _fields =
        [
            .. from field in sample.Read().Assets[0].Attributes
               let attribute = type.Attribute(field.Name)
               where attribute is not null
               select (attribute, field),
        ];
        _state = AssetState.Decode(sample.Plan.Inserts[0].State);
        _other = AssetState.Decode(sample.Plan.Inserts[1].State);
    }

    [Benchmark]
    public int Read_values()
    {
        var present = 0;
        foreach (var (attribute, field) in _fields)
        {
            present += _values.Read(field.Json.Span, attribute.Type, _limits) is null ? 0 : 1;
        }

        return present;
    }

    [Benchmark]
    public AssetState Encode() => AssetState.Create(_state.Attributes, _state.Labels, _state.CustomAttributes);

    [Benchmark]
    public AssetState Decode() => AssetState.Decode(_state.Encoded);

    [Benchmark]
    public ImmutableArray<AttributeChange> Diff() => StateDiff.Attributes(_state, _other, ImmutableHashSet<int>.Empty);
}
