using Cartulary.Core.Ports;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Reads how far the catalog has come, as the connection's transaction sees it.</summary>
internal static class HeadReader
{
    private const string LastCommit =
        "SELECT n, first_seq + count - 1, time, registry_version FROM commit_log ORDER BY n DESC LIMIT 1";

    private const string Retention = "SELECT commit_n, oldest FROM retention";

    public static CatalogHead Read(Database database, Guid logId)
    {
        var last = database.Prepared(LastCommit);
        if (!last.Step())
        {
            return new CatalogHead(logId, default, Sequence: 0, Oldest: 1, RegistryVersion: 0, Time: 0);
        }

        var (commit, sequence, time, registry) = (last.Long(0), last.Long(1), last.Long(2), last.Long(3));
        last.Reset();
        var retention = database.Prepared(Retention);
        retention.Step();
        var (trimmed, oldest) = (retention.Long(0), retention.Long(1));
        retention.Reset();
        return new CatalogHead(logId, new CommitNumber(commit), sequence, oldest, registry, time) { Trimmed = new CommitNumber(trimmed) };
    }
}
