using System.CommandLine;
using System.Globalization;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Delete;

/// <summary><c>cartulary delete</c>: deletes a connection and everything that belongs to it.</summary>
internal static class DeleteCommand
{
    private const long NotedEvery = 10_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(300);

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var connection = new Option<string>("--connection") { Description = "The qualified name of the connection", HelpName = "QUALIFIEDNAME", Required = true };
        var purge = new Option<bool>("--purge") { Description = "Remove for good, archived assets too, rather than archive" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new CliCommand("delete", "Delete a connection and everything that belongs to it")
        {
            Examples =
            [
                "cartulary delete --connection default/postgres/1700000000",
                "cartulary delete --connection default/postgres/1700000000 --purge --yes",
            ],
        };
        command.Options.Add(connection);
        command.Options.Add(purge);
        command.Options.Add(yes);
        return context.Talking(command, (client, parsed, cancellationToken) => context.FindingAsync(async () =>
        {
            var (name, purges) = (parsed.GetRequiredValue(connection), parsed.GetValue(purge));
            if (!parsed.GetValue(yes) && !await ConfirmAsync(context.Terminal, client, name, purges, cancellationToken))
            {
                context.Terminal.Note("nothing was deleted");
                return ExitCode.No;
            }

            var job = await client.StartDeletionAsync(name, purges, cancellationToken);
            return Show(context.Terminal, await FollowAsync(context, client, job, cancellationToken), purges, parsed.GetValue(context.Json));
        }));
    }

    private static async Task<bool> ConfirmAsync(
        Terminal terminal, CatalogClient client, string connection, bool purges, CancellationToken cancellationToken)
    {
        Question.RequireSomebody(terminal);
        var count = await client.CountDeletionAsync(connection, purges, cancellationToken);
        return await Question.AskAsync(terminal, Counted(count.Total, $"{(purges ? "Purge" : "Archive")} {{0}} of {connection}?"), cancellationToken);
    }

    private static async Task<JobEntry> FollowAsync(CommandContext context, CatalogClient client, JobEntry job, CancellationToken cancellationToken)
    {
        if (job is { IsRunning: true })
        {
            context.Terminal.Note($"job {job.Id} deletes {Counted(job.Total, "{0}")}; it goes on by itself if this is stopped");
        }

        for (var noted = 0L; job is { IsRunning: true, Id: { } id };)
        {
            await Task.Delay(LookEvery, context.Clock, cancellationToken);
            job = await client.ReadJobAsync(id, cancellationToken);
            if (job.IsRunning && job.Done >= noted + NotedEvery)
            {
                noted = job.Done;
                context.Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{job.Done:N0} of {job.Total:N0}"));
            }
        }

        return job;
    }

    private static int Show(Terminal terminal, JobEntry job, bool purges, bool asJson)
    {
        if (asJson)
        {
            terminal.Output.WriteLine(job.Json.GetRawText());
        }
        else if (job.Problem is null)
        {
            terminal.Write(Counted(job.Total, $"{{0}} {(purges ? "purged" : "archived")}"));
        }

        if (job.Problem is { } problem)
        {
            terminal.Fail($"job {job.Id} has failed: {problem}");
            return job.Done > 0 ? ExitCode.Partial : ExitCode.Failed;
        }

        return ExitCode.Done;
    }

    private static string Counted(long count, string format) =>
        string.Format(CultureInfo.InvariantCulture, format, count == 1 ? "1 asset" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} assets"));
}
