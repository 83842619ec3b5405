using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Storage.Sqlite.Writing;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Jobs, and what they find their members by.</summary>
internal sealed partial class SqliteReadSession
{
    private const string BetweenAll =
        "SELECT asset FROM key WHERE value >= ?1 AND value < ?2 AND kind = ?3 ORDER BY value DESC, kind DESC, type DESC, asset DESC";

    private const string BetweenInUse =
        """
        SELECT k.asset FROM key k JOIN asset a ON a.id = k.asset
        WHERE k.value >= ?1 AND k.value < ?2 AND k.kind = ?3 AND a.status = 1
        ORDER BY k.value DESC, k.kind DESC, k.type DESC, k.asset DESC
        """;

    private const string NewestJobs = JobRows.Columns + " ORDER BY started DESC, id DESC";

    private const string JobById = JobRows.Columns + " WHERE id = ?1";

    public ValueTask<ImmutableArray<AssetId>> FindBetweenAsync(int kind, string from, string before, bool onlyInUse, CancellationToken cancellationToken)
    {
        var rows = Use(onlyInUse ? BetweenInUse : BetweenAll, cancellationToken).Bind(1, from).Bind(2, before).Bind(3, kind);
        var assets = ImmutableArray.CreateBuilder<AssetId>();
        while (rows.Step())
        {
            assets.Add(new AssetId(rows.Long(0)));
        }

        return new(assets.DrainToImmutable());
    }

    public ValueTask<ImmutableArray<DeletionJob>> JobsAsync(int limit, CancellationToken cancellationToken)
    {
        var rows = Use(NewestJobs, cancellationToken);
        var jobs = ImmutableArray.CreateBuilder<DeletionJob>();
        while (jobs.Count < limit && rows.Step())
        {
            jobs.Add(JobRows.Read(rows));
        }

        rows.Reset();
        return new(jobs.DrainToImmutable());
    }

    public ValueTask<DeletionJob?> FindJobAsync(Guid job, CancellationToken cancellationToken)
    {
        var row = Use(JobById, cancellationToken).Bind(1, job);
        var found = row.Step() ? JobRows.Read(row) : null;
        row.Reset();
        return new(found);
    }
}
