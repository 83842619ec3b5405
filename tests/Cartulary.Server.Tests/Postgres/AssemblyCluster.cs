using Cartulary.Testing.Postgres;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
