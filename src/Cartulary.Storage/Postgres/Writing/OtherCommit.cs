using System.Collections.Immutable;
using Cartulary.Storage.Postgres.Reading;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>A commit of another server, as the writer needs it.</summary>
/// <param name="Touched">Its number and what it touches.</param>
/// <param name="Writes">Marks of what it wrote; null when they have been trimmed.</param>
/// <param name="Shortens">Whether it ended an edge or archived an asset.</param>
internal readonly record struct OtherCommit(CommitTouches Touched, ImmutableArray<ulong>? Writes, bool Shortens)
{
    /// <summary>The row that a reader stands on: whether it was asked for, number, save, marks written, whether it shortens, marks touched.</summary>
    public static OtherCommit Read(NpgsqlDataReader row) =>
        new(new CommitTouches(row.GetInt64(1), CommitTouches.Marks(row, 5)), CommitTouches.Marks(row, 3), row.GetBoolean(4));
}
