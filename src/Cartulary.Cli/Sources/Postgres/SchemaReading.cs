using System.Collections.Immutable;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>How far the reading of a schema has come.</summary>
internal sealed class SchemaReading(PostgresSchema schema)
{
    /// <summary>The schema.</summary>
    public PostgresSchema Schema { get; } = schema;

    /// <summary>How many tables, views and partitions were read.</summary>
    public int Relations { get; set; }

    /// <summary>How many functions and procedures were read.</summary>
    public int Routines { get; set; }

    /// <summary>Why the schema cannot be read to its end, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Reads a page; once one has failed, there is nothing more.</summary>
    public async Task<ImmutableArray<T>> TryAsync<T>(Func<Task<ImmutableArray<T>>> read)
    {
        if (Failure is not null)
        {
            return [];
        }

        try
        {
            return await read();
        }
        catch (PostgresFailure failure)
        {
            Failure = failure.Message;
            return [];
        }
    }
}
