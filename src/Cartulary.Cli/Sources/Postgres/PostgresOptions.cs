namespace Cartulary.Cli.Sources.Postgres;

/// <summary>What of a server is crawled.</summary>
/// <param name="Schemas">Which schemas.</param>
/// <param name="AllDatabases">Whether all databases are crawled, not only the one connected to.</param>
/// <param name="WithStatistics">Whether row counts and sizes are told.</param>
/// <param name="Limits">How much is asked at once.</param>
internal sealed record PostgresOptions(SchemaFilter Schemas, bool AllDatabases, bool WithStatistics, PostgresLimits Limits);
