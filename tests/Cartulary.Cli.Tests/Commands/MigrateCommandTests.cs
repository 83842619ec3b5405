namespace Cartulary.Cli.Tests.Commands;

/// <summary>What a user who mistypes the command is told, and that no password is.</summary>
public sealed class MigrateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-test-");

    [Theory]
    [InlineData("postgres:Host=127.0.0.1;Pass word=hushhush")]
    [InlineData("postgres:Host=127.0.0.1;Port=hushhush")]
    [InlineData("postgres:hushhush")]
    public async Task A_connection_string_that_cannot_be_read_is_not_repeated(string to)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "catalog.db"), "", TestContext.Current.CancellationToken);

        var run = await RunAsync($"sqlite:{_folder.FullName}", to);

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("looks like Host=");
        run.Error.ShouldNotContain("hushhush");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Password=hushhush")]
    [InlineData("mysql:hushhush")]
    [InlineData("postgres:")]
    public async Task What_does_not_name_a_database_is_a_mistake_of_usage(string to)
    {
        var run = await RunAsync($"sqlite:{_folder.FullName}", to);

        run.Code.ShouldBe(2);
        run.Error.ShouldNotContain("hushhush");
    }

    [Fact]
    public async Task A_folder_without_a_catalog_is_told_and_stays_empty()
    {
        var run = await RunAsync($"sqlite:{_folder.FullName}", "postgres:Host=127.0.0.1;Password=hushhush");

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("holds no catalog");
        _folder.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_of_another_name_may_be_a_backup_and_is_refused()
    {
        var file = Path.Combine(_folder.FullName, "monday.db");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var run = await RunAsync($"sqlite:{file}", "postgres:Host=127.0.0.1");

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("cartulary restore");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<Run> RunAsync(string from, string to) => Run.OfAsync(["migrate", "--from", from, "--to", to], TestContext.Current.CancellationToken);
}
