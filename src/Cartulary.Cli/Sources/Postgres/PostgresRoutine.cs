namespace Cartulary.Cli.Sources.Postgres;

/// <summary>A function or procedure.</summary>
/// <param name="Id">Its object id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">The types of its arguments, which tell it from others of its name.</param>
/// <param name="Definition">The statement that makes it.</param>
/// <param name="Description">Its comment, or null.</param>
internal sealed record PostgresRoutine(uint Id, string Name, string Arguments, string Definition, string? Description);
