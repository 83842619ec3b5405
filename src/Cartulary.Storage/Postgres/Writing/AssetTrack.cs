using Cartulary.Core.Assets;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// An asset as the writer's transaction has it: as read under the lock, and with what the group's members have made of it
/// since, each by its commit.
/// </summary>
internal sealed class AssetTrack(Guid guid, int typeId, long version, long revision, AssetStatus status)
{
    private readonly List<(long Commit, long Revision)> _revisions = [];
    private readonly List<(long Commit, AssetStatus Status)> _statuses = [];

    public Guid Guid => guid;

    public int TypeId => typeId;

    public long Version { get; private set; } = version;

    public long Revision { get; private set; } = revision;

    public AssetStatus Status { get; private set; } = status;

    /// <summary>As it was before all changes.</summary>
    public (long Revision, AssetStatus Status) AsRead { get; } = (revision, status);

    /// <summary>Raises the version and notes what else a commit changes; a null stays as it is.</summary>
    public void Change(long commit, long? toRevision, AssetStatus? toStatus)
    {
        Version++;
        if (toRevision is { } changed)
        {
            Revision = changed;
            _revisions.Add((commit, changed));
        }

        if (toStatus is { } other)
        {
            Status = other;
            _statuses.Add((commit, other));
        }
    }

    /// <summary>The revision after a commit, if a member made one by then; else what was read.</summary>
    public long RevisionAt(long commit, long read)
    {
        for (var i = _revisions.Count - 1; i >= 0; i--)
        {
            if (_revisions[i].Commit <= commit)
            {
                return _revisions[i].Revision;
            }
        }

        return read;
    }

    /// <summary>The status after a commit, if a member gave one by then; else what was read.</summary>
    public AssetStatus StatusAt(long commit, AssetStatus read)
    {
        for (var i = _statuses.Count - 1; i >= 0; i--)
        {
            if (_statuses[i].Commit <= commit)
            {
                return _statuses[i].Status;
            }
        }

        return read;
    }

}
