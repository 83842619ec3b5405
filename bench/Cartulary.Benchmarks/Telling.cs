using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;

namespace Cartulary.Benchmarks;

/// <summary>The log of a commit of 100 columns, and the envelopes made from it.</summary>
[MemoryDiagnoser]
public class Telling
{
    private SampleCatalog _sample = null!;
    private ImmutableArray<EventNumbers> _numbers;
    private ImmutableArray<ImmutableArray<EndList>> _lists;
    private LoggedCommit _commit = null!;
    private EventToRender _event = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _sample = await SampleCatalog.CreateAsync();
        _numbers = [.. _sample.Plan.Events.Select((_, index) => new EventNumbers(new AssetId(index + 1), 1, index + 1))];
        _lists = [.. _sample.Plan.Events.Select(_ => ImmutableArray<EndList>.Empty)];
        await using var session = await _sample.Catalog.Store.ReadAsync(CancellationToken.None);
        _commit = (await session.ReadLogAsync(session.Head.Sequence - 1, 1, CancellationToken.None))[0];
        var records = CommitLog.Decode(_commit);
        var first = records[0];
        var states = await session.StatesAsync([first.Numbers.Revision], CancellationToken.None);
        var created = await session.CreationsAsync([first.Numbers.Asset], CancellationToken.None);
        _event = new EventToRender(
            _commit, 0, first, records, states[first.Numbers.Revision], created[first.Numbers.Asset], _sample.Catalog.Types.Newest);
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _sample.DisposeAsync();

    [Benchmark]
    public byte[] Encode_commit() => CommitLog.Encode(_sample.Plan, 0, _numbers, _lists);

    [Benchmark]
    public ImmutableArray<LogRecord> Decode_commit() => CommitLog.Decode(_commit);

    [Benchmark]
    public byte[] Write_envelope() => EnvelopeWriter.Write(_event);
}
