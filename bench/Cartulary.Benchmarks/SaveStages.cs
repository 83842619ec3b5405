using BenchmarkDotNet.Attributes;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;

namespace Cartulary.Benchmarks;

/// <summary>The way of a request of 100 columns up to its plan.</summary>
[MemoryDiagnoser]
public class SaveStages
{
    private SampleCatalog _sample = null!;
    private SaveRequest _request = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _sample = await SampleCatalog.CreateAsync();
        _request = _sample.Read();
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _sample.DisposeAsync();

    [Benchmark]
    public SaveRequest Read() => _sample.Read();

    [Benchmark]
    public async Task<PlanOutcome> Plan_unchanged() => await _sample.PlanAsync(_request);
}
