using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>What a durable commit touches.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Touches">The marks; null when it may have changed the meaning of any request.</param>
internal readonly record struct CommitTouches(long Commit, ImmutableArray<ulong>? Touches)
{
    // Who has been away for longer takes it that anything may have changed, instead of reading so much.
    private const string NewestMax = "500";

    /// <summary>Commits are read after this one: the parameter, or the oldest of so many that are worth reading.</summary>
    public const string After = $"greatest($1, (SELECT n FROM head) - {NewestMax})";

    /// <summary>Reads commits after one.</summary>
    public const string Query = $"SELECT n, touches FROM commit_log WHERE n > {After} ORDER BY n";

    /// <summary>The row that a reader stands on.</summary>
    public static CommitTouches Read(NpgsqlDataReader row) => new(row.GetInt64(0), Marks(row, 1));

    /// <summary>Marks in a column; null where it is.</summary>
    public static ImmutableArray<ulong>? Marks(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : [.. MemoryMarshal.Cast<byte, ulong>(row.GetFieldValue<byte[]>(column))];
}
