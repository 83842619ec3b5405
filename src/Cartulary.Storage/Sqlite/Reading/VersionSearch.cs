using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>
/// Finds which version an asset had at a commit. Both only rise, so its versions are searched by halves: no index is needed
/// that saves would have to keep.
/// </summary>
internal sealed class VersionSearch(Database database)
{
    private const string Present = "SELECT guid, type, status, version, rev, created, updated FROM asset WHERE id = ?1";

    private const string Touch = "SELECT commit_n, idx, rev, status FROM touch WHERE asset = ?1 AND version = ?2";

    private const string RevisionWritten = "SELECT commit_n, prev FROM revision WHERE id = ?1";

    /// <summary>An asset as it is in the snapshot, or null when there is none.</summary>
    public PresentAsset? Find(AssetId asset)
    {
        var row = database.Prepared(Present).Bind(1, asset.Value);
        if (!row.Step())
        {
            return null;
        }

        var present = new PresentAsset(
            asset.Value, row.Guid(0), row.Int(1), (AssetStatus)row.Int(2), row.Long(3), row.Long(4), row.Long(5), row.Long(6));
        row.Reset();
        return present;
    }

    /// <summary>The version an asset had right after a commit; null when it did not exist then or any more, or when that was trimmed.</summary>
    public PastVersion? AsOf(PresentAsset asset, long commit)
    {
        if (asset.Updated <= commit)
        {
            return asset.Status == AssetStatus.Purged ? null : new PastVersion(asset.Version, asset.Updated, asset.Status, asset.Revision);
        }

        if (asset.Created > commit)
        {
            return null;
        }

        // A version without a row is the first, or was trimmed: in either case it is not newer than the one that is wanted.
        var (low, high) = (1L, asset.Version - 1);
        while (low < high)
        {
            var middle = high - ((high - low) / 2);
            (low, high) = CommitOf(asset, middle) is { } given && given > commit ? (low, middle - 1) : (middle, high);
        }

        return low == 1 ? new PastVersion(1, asset.Created, AssetStatus.Active, Revision: null) : At(asset.Id, low);
    }

    /// <summary>The revision that held the state of a version.</summary>
    public long RevisionOf(PresentAsset asset, PastVersion version)
    {
        if (version.Revision is { } known)
        {
            return known;
        }

        // Creations have no row, so that they cost nothing: their revision is the one that the second version found.
        var second = At(asset.Id, 2) ?? throw new InvalidDataException($"Version 2 of asset {asset.Id} is missing.");
        var row = database.Prepared(RevisionWritten).Bind(1, second.Revision!.Value);
        var first = row.Step() && row.Long(0) == second.Commit ? row.Long(1) : second.Revision.Value;
        row.Reset();
        return first;
    }

    private long? CommitOf(PresentAsset asset, long version)
    {
        var row = database.Prepared(Touch).Bind(1, asset.Id).Bind(2, version);
        var commit = row.Step() ? row.Long(0) : (long?)null;
        row.Reset();
        return commit;
    }

    /// <summary>A version that is not an asset's first; null when its row is not there any more.</summary>
    public PastVersion? At(long asset, long version)
    {
        var row = database.Prepared(Touch).Bind(1, asset).Bind(2, version);
        if (!row.Step())
        {
            return null;
        }

        var commit = row.Long(0);
        var found = row.IsNull(2) ? null : new PastVersion(version, commit, (AssetStatus)row.Int(3), row.Long(2));
        var index = row.IsNull(1) ? -1 : row.Int(1);
        row.Reset();
        return found ?? FromLog(version, commit, index);
    }

    private PastVersion FromLog(long version, long commit, int index)
    {
        var row = database.Prepared(SqliteReadSession.CommitByNumber).Bind(1, commit);
        var logged = row.Step() ? SqliteReadSession.ReadCommit(row) : throw new InvalidDataException($"Commit {commit} is missing.");
        row.Reset();
        var record = CommitLog.Decode(logged)[index];
        return new PastVersion(version, commit, record.Status, record.Numbers.Revision);
    }
}

/// <summary>An asset as it is in the snapshot, but for its state.</summary>
internal readonly record struct PresentAsset(
    long Id, Guid Guid, int TypeId, AssetStatus Status, long Version, long Revision, long Created, long Updated);

/// <summary>A version of an asset: the commit that gave it, its status, and its revision unless that takes another look.</summary>
internal sealed record PastVersion(long Version, long Commit, AssetStatus Status, long? Revision);
