using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Assets that are archived or purged, and since when.</summary>
internal sealed partial class SqliteReadSession
{
    private const string PurgedByGuid = AssetColumns + " WHERE a.guid = ?1 AND a.status = 3";

    private const string PurgedAfter = "SELECT id FROM asset WHERE status = 3 AND id > ?1 ORDER BY id";

    // The version that archived an asset follows the last one in which it was in use; the first one has no row.
    private const string Archiving =
        """
        SELECT commit_n FROM touch
        WHERE asset = ?1 AND status = 2 AND commit_n <= ?2 AND version > coalesce(
            (SELECT version FROM touch WHERE asset = ?1 AND status IS NOT 2 AND commit_n <= ?2 ORDER BY version DESC LIMIT 1), 1)
        ORDER BY version LIMIT 1
        """;

    public ValueTask<IReadOnlyDictionary<Guid, StoredAsset>> FindPurgedAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken)
    {
        var byGuid = Use(PurgedByGuid, cancellationToken);
        var found = new Dictionary<Guid, StoredAsset>(guids.Count);
        foreach (var guid in guids)
        {
            if (byGuid.Bind(1, guid).Step())
            {
                found[guid] = ReadAsset(byGuid);
                byGuid.Reset();
            }
        }

        return new(found);
    }

    public ValueTask<ImmutableArray<AssetId>> ScanPurgedAsync(AssetId after, int limit, CancellationToken cancellationToken)
    {
        var scan = Use(PurgedAfter, cancellationToken).Bind(1, after.Value);
        var assets = ImmutableArray.CreateBuilder<AssetId>();
        while (assets.Count < limit && scan.Step())
        {
            assets.Add(new AssetId(scan.Long(0)));
        }

        scan.Reset();
        return new(assets.DrainToImmutable());
    }

    public ValueTask<IReadOnlyDictionary<AssetId, CommitNumber>> ArchivingsAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        ArchivingsAsOfAsync(assets, new CommitNumber(long.MaxValue), cancellationToken);

    public ValueTask<IReadOnlyDictionary<AssetId, CommitNumber>> ArchivingsAsOfAsync(
        IReadOnlyCollection<AssetId> assets, CommitNumber commit, CancellationToken cancellationToken)
    {
        var archiving = Use(Archiving, cancellationToken);
        var commits = new Dictionary<AssetId, CommitNumber>(assets.Count);
        foreach (var asset in assets)
        {
            if (archiving.Bind(1, asset.Value).Bind(2, commit.Value).Step())
            {
                if (archiving.Long(0) > Head.Trimmed.Value)
                {
                    commits[asset] = new CommitNumber(archiving.Long(0));
                }

                archiving.Reset();
            }
        }

        return new(commits);
    }
}
