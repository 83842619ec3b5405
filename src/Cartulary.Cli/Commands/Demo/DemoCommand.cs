using System.CommandLine;
using Cartulary.Cli.Client;
using Cartulary.Cli.Demo;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Demo;

/// <summary><c>cartulary demo</c>: the main job on real input, in under a minute.</summary>
internal static class DemoCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var data = new Option<string?>("--data")
        {
            Description = "An empty or new folder to work in; it is kept [default: a temporary folder, deleted at the end]",
            HelpName = "DIR",
        };
        var keep = new Option<bool>("--keep") { Description = "Keep the temporary folder" };
        var command = new CliCommand("demo", "Start a server, catalogue a real database, change it, and show the events that follow")
        {
            Examples = ["cartulary demo", "cartulary demo --keep"],
        };
        command.Options.Add(data);
        command.Options.Add(keep);
        command.SetAction((parsed, cancellationToken) => context.GuardAsync(
            () => RunAsync(context, parsed.GetValue(data), parsed.GetValue(keep), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string? data, bool keep, CancellationToken cancellationToken)
    {
        var started = context.Clock.GetTimestamp();
        var folder = Prepare(data);
        var isDone = false;
        try
        {
            await TellAsync(context, folder, cancellationToken);
            isDone = true;
        }
        finally
        {
            Leave(context.Terminal, folder, isKept: data is not null || keep || !isDone);
        }

        PointOnwards(context.Terminal, context.Clock.GetElapsedTime(started));
        return ExitCode.Done;
    }

    private static async Task TellAsync(CommandContext context, string folder, CancellationToken cancellationToken)
    {
        await using var server = DemoServer.Start(folder);
        using var client = CatalogClient.Connect(server.Address, context.Clock);
        await server.WaitUntilReadyAsync(client, context.Clock, cancellationToken);
        context.Terminal.Write(TextLine.Of("A server of its own", Tone.Strong).With($"   {server.Address.Url}, data in {folder}", Tone.Faint));
        var database = new DemoDatabase(Path.Combine(folder, "shop.db"));
        await new DemoStory(client, database, context.Terminal).TellAsync(cancellationToken);
    }

    private static string Prepare(string? data)
    {
        if (data is null)
        {
            return Directory.CreateTempSubdirectory("cartulary-demo-").FullName;
        }

        var folder = Directory.CreateDirectory(data);
        return folder.EnumerateFileSystemInfos().Any()
            ? throw new UsageException($"{folder.FullName} is not empty; the demo needs a folder of its own")
            : folder.FullName;
    }

    private static void Leave(Terminal terminal, string folder, bool isKept)
    {
        terminal.Write(TextLine.Blank);
        if (isKept)
        {
            terminal.Write($"The server is stopped. Its data, shop.db and server.log are in {folder}");
            return;
        }

        Directory.Delete(folder, recursive: true);
        terminal.Write($"The server is stopped and {folder} is deleted; --keep keeps it.");
    }

    private static void PointOnwards(Terminal terminal, TimeSpan time)
    {
        terminal.Write(TextLine.Of($"That took {time.TotalSeconds:0.0} s. Next:", Tone.Strong));
        terminal.Write("  cartulary serve                    a server that stays; it shows its first key");
        terminal.Write("  cartulary crawl sqlite FILE        your own database");
        terminal.Write("  cartulary events tail              what changes, as it changes");
        terminal.Write("  cartulary --help                   everything else");
    }
}
