using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>Assets that are archived or purged, and since when.</summary>
internal sealed partial class PostgresReadSession
{
    private const string PurgedByGuid = $"SELECT {AssetColumns} FROM asset a {AssetRows} WHERE a.guid = ANY ($1) AND a.status = 3";

    private const string PurgedAfter = "SELECT id FROM asset WHERE status = 3 AND id > $1 ORDER BY id LIMIT $2";

    // The version that archived an asset follows the last one in which it was in use; the first one has no row.
    private const string Archivings =
        """
        SELECT x.asset, t.commit_n
        FROM unnest($1) AS x (asset)
        CROSS JOIN LATERAL (
            SELECT coalesce((SELECT version FROM touch WHERE asset = x.asset AND status <> 2 AND commit_n <= $3 ORDER BY version DESC LIMIT 1), 1) AS version
        ) used
        CROSS JOIN LATERAL (
            SELECT commit_n FROM touch WHERE asset = x.asset AND version > used.version AND status = 2 AND commit_n <= $3 ORDER BY version LIMIT 1
        ) t
        WHERE t.commit_n > $2
        """;

    public async ValueTask<IReadOnlyDictionary<Guid, StoredAsset>> FindPurgedAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, StoredAsset>(guids.Count);
        await ReadAsync(
            PurgedByGuid,
            row =>
            {
                var asset = ReadAsset(row);
                found[asset.Guid] = asset;
            },
            cancellationToken,
            Sql.Of([.. guids]));
        return found;
    }

    public async ValueTask<ImmutableArray<AssetId>> ScanPurgedAsync(AssetId after, int limit, CancellationToken cancellationToken)
    {
        var assets = ImmutableArray.CreateBuilder<AssetId>();
        await ReadAsync(PurgedAfter, row => assets.Add(new AssetId(row.GetInt64(0))), cancellationToken, Sql.Of(after.Value), Sql.Of((long)limit));
        return assets.DrainToImmutable();
    }

    public ValueTask<IReadOnlyDictionary<AssetId, CommitNumber>> ArchivingsAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        ArchivingsAsOfAsync(assets, new CommitNumber(long.MaxValue), cancellationToken);

    public async ValueTask<IReadOnlyDictionary<AssetId, CommitNumber>> ArchivingsAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken)
    {
        var commits = new Dictionary<AssetId, CommitNumber>(assets.Count);
        await ReadAsync(
            Archivings,
            row => commits[new AssetId(row.GetInt64(0))] = new CommitNumber(row.GetInt64(1)),
            cancellationToken,
            Numbers(assets),
            Sql.Of(Head.Trimmed.Value),
            Sql.Of(commit.Value));
        return commits;
    }
}
