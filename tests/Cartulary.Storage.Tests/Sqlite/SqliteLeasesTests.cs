using Cartulary.Core.Ports;
using Cartulary.Storage.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Storage.Tests.Sqlite;

/// <summary>The SQLite store gives leases as every store must.</summary>
public sealed class SqliteLeasesTests : LeasesConformance
{
    private readonly TemporaryCatalog _catalog = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    protected override async ValueTask<ILeases> OpenFreshAsync() => (await _catalog.OpenAsync(_clock)).Leases;

    protected override ValueTask LetRunOutAsync()
    {
        _clock.Advance(ILeases.LastsFor);
        return ValueTask.CompletedTask;
    }

    protected override ValueTask CloseAsync() => _catalog.DisposeAsync();
}
