namespace Cartulary.Cli.Sources.Postgres;

/// <summary>A schema.</summary>
/// <param name="Id">Its object id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its comment, or null.</param>
internal sealed record PostgresSchema(uint Id, string Name, string? Description);
