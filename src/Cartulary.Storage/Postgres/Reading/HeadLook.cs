using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>What one look at the database shows of its commits.</summary>
/// <param name="Row">The head.</param>
/// <param name="Seen">The newest commit that had been seen before.</param>
/// <param name="InPlace">The save that stands in its place; null where there is none.</param>
/// <param name="News">What the commits touch that nobody here had been told of.</param>
internal sealed record HeadLook(HeadRow Row, SeenCommit Seen, Guid? InPlace, IReadOnlyList<CommitTouches> News)
{
    private const string Head = $"SELECT {HeadRow.Columns}, (SELECT save_id FROM commit_log WHERE n = $1) FROM head";

    /// <summary>Whether it is the log that had been seen, with all that had been seen of it.</summary>
    public bool IsSameLog => Row.LogId == Seen.LogId && !Seen.IsLostIn(Row.Last, InPlace);

    /// <summary>Adds the statements of a look to a batch.</summary>
    public static void AddTo(NpgsqlBatch batch, SeenCommit seen, long told)
    {
        batch.BatchCommands.Add(Sql.Command(Head, Sql.Of(seen.Number)));
        batch.BatchCommands.Add(Sql.Command(CommitTouches.Query, Sql.Of(told)));
    }

    /// <summary>Reads their answers.</summary>
    public static async Task<HeadLook> ReadAsync(NpgsqlDataReader reader, SeenCommit seen, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken);
        var (row, inPlace) = ReadHead(reader);
        await reader.NextResultAsync(cancellationToken);
        var news = new List<CommitTouches>();
        while (await reader.ReadAsync(cancellationToken))
        {
            news.Add(CommitTouches.Read(reader));
        }

        return new HeadLook(row, seen, inPlace, news);
    }

    private static (HeadRow Row, Guid? InPlace) ReadHead(NpgsqlDataReader row) =>
        (HeadRow.Read(row), row.IsDBNull(HeadRow.ColumnCount) ? null : row.GetGuid(HeadRow.ColumnCount));
}
