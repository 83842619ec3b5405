using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>Writes the rows of the log.</summary>
internal sealed class CommitRows(Database database)
{
    private const string InsertCommit =
        """
        INSERT INTO commit_log (n, first_seq, count, save_id, time, registry_version, actor, channel, delete_handler, headers, log)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """;

    private readonly Statement _insert = database.Prepared(InsertCommit);

    /// <summary>Writes the commit that the counters have begun; its events follow those counted so far.</summary>
    public void Insert(Counters counters, int count, CommitContext context, ReadOnlySpan<byte> log)
    {
        _insert
            .Bind(1, counters.Commit)
            .Bind(2, counters.Sequence + 1)
            .Bind(3, count)
            .Bind(4, context.SaveId)
            .Bind(5, counters.Time)
            .Bind(6, counters.RegistryVersion)
            .Bind(7, context.Actor)
            .Bind(8, context.Channel)
            .Bind(9, context.DeleteHandler)
            .BindText(10, context.Headers.IsEmpty ? "{}"u8 : StoredJson.Write(context.Headers))
            .Bind(11, log)
            .Execute();
    }
}
