using System.Collections.Immutable;

namespace Cartulary.Cli.Sources.Postgres;

/// <summary>What a view is made of.</summary>
/// <param name="Id">Its object id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Definition">Its query.</param>
/// <param name="Action">The parse tree of its query, as PostgreSQL writes it.</param>
/// <param name="Relations">The object ids of the tables and views that it depends on, in order.</param>
internal sealed record PostgresView(uint Id, string Name, string Definition, string Action, ImmutableArray<uint> Relations);
