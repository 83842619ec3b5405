using Microsoft.Data.Sqlite;

namespace Cartulary.Cli.Demo;

/// <summary>A real SQLite database in a file, for the demo to change.</summary>
/// <param name="Path">The file.</param>
internal sealed record DemoDatabase(string Path)
{
    /// <summary>Runs a script on the database; the file is made when it is missing.</summary>
    public async Task RunAsync(string script, CancellationToken cancellationToken)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false };
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = script;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
