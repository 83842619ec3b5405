using System.CommandLine;
using System.Net;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;
using Cartulary.Cli.Saving;
using Cartulary.Cli.Sources;
using Cartulary.Core.Ports;
using Cartulary.Storage.Schemas;
using Microsoft.Extensions.Configuration;

namespace Cartulary.Cli.Commands;

/// <summary>What every command needs: where to write, the settings from the environment, the time, and how to end.</summary>
internal sealed class CommandContext(Terminal terminal, IConfiguration settings, TimeProvider clock)
{
    private const string DefaultUrl = "http://127.0.0.1:21000";
    private const string UrlSetting = "CARTULARY_URL";
    private const string KeySetting = "CARTULARY_API_KEY";

    /// <summary>The environment variable that names a catalog's database.</summary>
    public const string DatabaseSetting = "ConnectionStrings__Cartulary";

    /// <summary>Where commands write.</summary>
    public Terminal Terminal { get; } = terminal;

    /// <summary>The environment.</summary>
    public IConfiguration Settings { get; } = settings;

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>The connection string of the catalog's database, where the environment has one.</summary>
    public string? Database => Settings["ConnectionStrings:Cartulary"];

    /// <summary>The server's address.</summary>
    public Option<string?> Url { get; } = new("--url")
    {
        Description = $"Where the server is [default: ${UrlSetting} or {DefaultUrl}]",
        HelpName = "URL",
    };

    /// <summary>A file that holds the key.</summary>
    public Option<string?> KeyFile { get; } = new("--api-key-file")
    {
        Description = $"A file that holds the API key [default: ${KeySetting}]",
        HelpName = "FILE",
    };

    /// <summary>Output for programs.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Write JSON for programs rather than text for people" };

    /// <summary>Gives a command an action and the options of commands that talk to a server.</summary>
    public Command Talking(Command command, Func<CatalogClient, ParseResult, CancellationToken, Task<int>> act)
    {
        command.Options.Add(Url);
        command.Options.Add(KeyFile);
        command.Options.Add(Json);
        command.SetAction((parsed, cancellationToken) => GuardAsync(
            async () =>
            {
                using var client = CatalogClient.Connect(await ServerAsync(parsed, cancellationToken), Clock);
                return await act(client, parsed, cancellationToken);
            },
            cancellationToken));
        return command;
    }

    /// <summary>For commands that ask about one thing: that it is not there is an answer, and not a failure.</summary>
    public async Task<int> FindingAsync(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (CatalogException refusal) when (refusal.Status == HttpStatusCode.NotFound && refusal.Code.Length > 0)
        {
            Terminal.Fail(refusal.Message);
            return ExitCode.No;
        }
    }

    /// <summary>Turns what may go wrong in any command into a message with the next step, and an exit code.</summary>
    public async Task<int> GuardAsync(Func<Task<int>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (CatalogException refusal)
        {
            return Refused(refusal, itemsBefore: 0);
        }
        catch (HttpRequestException failure)
        {
            Terminal.Fail(failure.Message);
            Terminal.Note("Is the server running there? Start one with `cartulary serve`, or name another with --url.");
            return ExitCode.Failed;
        }
        catch (UsageException mistake)
        {
            Terminal.Fail(mistake.Message);
            return ExitCode.Usage;
        }
        catch (Exception failure) when (failure is SourceException or EntityFileException or IOException
            or UnauthorizedAccessException or UnknownSchemaException or StoreFailureException)
        {
            Terminal.Fail(failure.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Terminal.Note("stopped");
            return ExitCode.Failed;
        }
    }

    /// <summary>Says why the server refused, every problem on a line, and gives the exit code for it.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="itemsBefore">How many items of the input earlier requests held, so that problems name the right ones.</param>
    public int Refused(CatalogException refusal, int itemsBefore)
    {
        Terminal.Fail(refusal.Code.Length == 0 ? refusal.Message : $"{refusal.Message} ({refusal.Code})");
        foreach (var problem in refusal.Problems.Where(problem => problem.Path.Length > 0 || problem.Message != refusal.Message))
        {
            Terminal.Note($"  {ProblemPath.OfItem(problem.Path, itemsBefore)}: {problem.Message} ({problem.Code})");
        }

        if (!refusal.IsDenied)
        {
            return ExitCode.Failed;
        }

        Terminal.Note(refusal.Status == HttpStatusCode.Forbidden
            ? "The key is known, but its role does not reach so far. An administrator makes another one with `cartulary keys create`."
            : $"Set {KeySetting} or give --api-key-file; `cartulary serve` shows the first key when it makes one.");
        return ExitCode.Denied;
    }

    private async Task<ServerAddress> ServerAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var url = parsed.GetValue(Url) ?? Settings[UrlSetting] ?? DefaultUrl;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new UsageException($"\"{url}\" is not the address of a server; it looks like {DefaultUrl}");
        }

        var key = parsed.GetValue(KeyFile) is { } file
            ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim()
            : Settings[KeySetting];
        return new(address, string.IsNullOrEmpty(key) ? null : key);
    }
}
