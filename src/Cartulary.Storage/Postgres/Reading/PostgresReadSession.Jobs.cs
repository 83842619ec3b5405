using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Postgres.Writing;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>Jobs, and what they find their members by.</summary>
internal sealed partial class PostgresReadSession
{
    private const string BetweenAll =
        "SELECT asset FROM key WHERE value >= $1 AND value < $2 AND kind = $3 ORDER BY value DESC, kind DESC, type DESC, asset DESC";

    private const string BetweenInUse =
        """
        SELECT k.asset FROM key k JOIN asset a ON a.id = k.asset
        WHERE k.value >= $1 AND k.value < $2 AND k.kind = $3 AND a.status = 1
        ORDER BY k.value DESC, k.kind DESC, k.type DESC, k.asset DESC
        """;

    private const string NewestJobs = JobRows.Columns + " ORDER BY started DESC, id DESC LIMIT $1";

    private const string JobById = JobRows.Columns + " WHERE id = $1";

    public async ValueTask<ImmutableArray<AssetId>> FindBetweenAsync(
        int kind, string from, string before, bool onlyInUse, CancellationToken cancellationToken)
    {
        var assets = ImmutableArray.CreateBuilder<AssetId>();
        await ReadAsync(
            onlyInUse ? BetweenInUse : BetweenAll,
            row => assets.Add(new AssetId(row.GetInt64(0))),
            cancellationToken,
            Sql.Of(KeyValue.Of(from)),
            Sql.Of(KeyValue.Of(before)),
            Sql.Of(kind));
        return assets.DrainToImmutable();
    }

    public async ValueTask<ImmutableArray<DeletionJob>> JobsAsync(int limit, CancellationToken cancellationToken)
    {
        var jobs = ImmutableArray.CreateBuilder<DeletionJob>();
        await ReadAsync(NewestJobs, row => jobs.Add(JobRows.Read(row)), cancellationToken, Sql.Of((long)limit));
        return jobs.DrainToImmutable();
    }

    public async ValueTask<DeletionJob?> FindJobAsync(Guid job, CancellationToken cancellationToken)
    {
        DeletionJob? found = null;
        await ReadAsync(JobById, row => found = JobRows.Read(row), cancellationToken, Sql.Of(job));
        return found;
    }
}
