using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>The row that says how far the catalog has come, as some transaction saw it.</summary>
/// <param name="LogId">Names the log.</param>
/// <param name="Counters">The last numbers given.</param>
/// <param name="SaveId">The last commit's save; empty before the first commit.</param>
internal sealed record HeadRow(Guid LogId, Counters Counters, Guid SaveId)
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns =
        "log_id, n, sequence, oldest, registry_version, time, save_id, asset, revision, edge, trimmed";

    /// <summary>How many columns there are.</summary>
    public const int ColumnCount = 11;

    /// <summary>Reads the row.</summary>
    public const string Query = $"SELECT {Columns} FROM head";

    /// <summary>The head as all may know it.</summary>
    public CatalogHead Head => Counters.ToHead(LogId);

    /// <summary>The last commit and its save.</summary>
    public SeenCommit Last => new(LogId, Counters.Commit, SaveId);

    /// <summary>The row that a reader stands on.</summary>
    public static HeadRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        new Counters
        {
            Commit = row.GetInt64(1),
            Sequence = row.GetInt64(2),
            Oldest = row.GetInt64(3),
            RegistryVersion = row.GetInt64(4),
            Time = row.GetInt64(5),
            Asset = row.GetInt64(7),
            Revision = row.GetInt64(8),
            Edge = row.GetInt64(9),
            Trimmed = row.GetInt64(10),
        },
        row.IsDBNull(6) ? Guid.Empty : row.GetGuid(6));
}
