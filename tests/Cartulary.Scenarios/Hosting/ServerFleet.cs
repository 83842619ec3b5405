namespace Cartulary.Scenarios.Hosting;

/// <summary>Several servers on one PostgreSQL database, each a process of its own.</summary>
public sealed class ServerFleet : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-fleet-");
    private readonly KeyValuePair<string, string>[][] _settings;
    private readonly ServerProcess[] _servers;

    private ServerFleet(KeyValuePair<string, string>[][] settings)
    {
        _settings = settings;
        _servers = [.. settings.Select((own, number) => ServerProcess.Start(FolderOf(number), own))];
    }

    /// <summary>How many there are.</summary>
    public int Count => _servers.Length;

    /// <summary>All of them.</summary>
    public IReadOnlyList<ServerProcess> All => _servers;

    /// <summary>One of them.</summary>
    public ServerProcess this[int number] => _servers[number];

    /// <summary>Starts a server for each connection string, all at once, and waits until they are ready.</summary>
    public static async Task<ServerFleet> StartAsync(
        IEnumerable<string> connectionStrings, CancellationToken cancellationToken, params KeyValuePair<string, string>[] settings)
    {
        var fleet = new ServerFleet([.. connectionStrings.Select(place => (KeyValuePair<string, string>[])[.. ServerProcess.OnPostgres(place), .. settings])]);
        try
        {
            await fleet.WaitUntilReadyAsync(cancellationToken);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills one without a warning.</summary>
    public Task KillAsync(int number, CancellationToken cancellationToken) => _servers[number].KillAsync(cancellationToken);

    /// <summary>Waits until all say that they are ready.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_servers.Select(server => server.WaitUntilReadyAsync(cancellationToken)));

    /// <summary>Starts another one in the place of one that was killed.</summary>
    public async Task ReplaceAsync(int number, CancellationToken cancellationToken)
    {
        await _servers[number].DisposeAsync();
        _servers[number] = ServerProcess.Start(FolderOf(number), _settings[number]);
        await _servers[number].WaitUntilReadyAsync(cancellationToken);
    }

    /// <summary>On every server, the log and the state agree.</summary>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(_servers.Select(server =>
            CartularyProgram.RunAsync(["verify", "--url", server.Address.GetLeftPart(UriPartial.Authority)], cancellationToken)));
        foreach (var (exitCode, said) in results)
        {
            exitCode.ShouldBe(0, said);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        _folder.Delete(recursive: true);
    }

    private string FolderOf(int number) => Path.Combine(_folder.FullName, $"server-{number}");
}
