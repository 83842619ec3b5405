using System.Collections.Immutable;
using Cartulary.Cli.Sources;
using Cartulary.Cli.Sources.Sqlite;
using Microsoft.Data.Sqlite;

namespace Cartulary.Cli.Tests.Sources.Sqlite;

/// <summary>An SQLite file of its own, deleted when the test ends.</summary>
public sealed class TestDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-test-");

    private TestDatabase(string fileName) => Path = System.IO.Path.Combine(_folder.FullName, fileName);

    public string Path { get; }

    public static TestDatabase With(string script, string fileName = "test.db")
    {
        var database = new TestDatabase(fileName);
        database.Run(script);
        return database;
    }

    public static TestDatabase WithBytes(byte[] content)
    {
        var database = new TestDatabase("test.db");
        File.WriteAllBytes(database.Path, content);
        return database;
    }

    public void Run(string script)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    internal ImmutableArray<SqliteRelation> Read() => SqliteFile.Read(Path);

    internal SourceScan Scan() => SqliteSource.For(Path, name: null, connection: null).Scan(Read());

    public void Dispose() => _folder.Delete(recursive: true);
}
