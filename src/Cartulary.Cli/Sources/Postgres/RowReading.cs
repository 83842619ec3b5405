using Npgsql;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>Reads fields that may be NULL.</summary>
internal static class RowReading
{
    /// <summary>The text of a field, or null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader row, int field) => row.IsDBNull(field) ? null : row.GetString(field);

    /// <summary>The number of a field, or null.</summary>
    public static int? NumberOrNull(this NpgsqlDataReader row, int field) => row.IsDBNull(field) ? null : row.GetInt32(field);

    /// <summary>The large number of a field, or null.</summary>
    public static long? LongOrNull(this NpgsqlDataReader row, int field) => row.IsDBNull(field) ? null : row.GetInt64(field);
}
