using System.CommandLine;
using Cartulary.Cli.Sources;

namespace Cartulary.Cli.Commands.Crawl;

/// <summary>The options that every crawl has.</summary>
internal sealed class CrawlOptions
{
    /// <summary>The options of a kind of source.</summary>
    /// <param name="connector">The name of the kind in qualified names.</param>
    /// <param name="usualName">Where the connection's name comes from when it is not given.</param>
    public CrawlOptions(string connector, string usualName)
    {
        Name = new("--name")
        {
            Description = $"The connection's name; its qualified name is default/{connector}/NAME [default: {usualName}]",
            HelpName = "NAME",
        };
    }

    /// <summary>The name of the connection.</summary>
    public Option<string?> Name { get; }

    /// <summary>The qualified name of the connection.</summary>
    public Option<string?> Connection { get; } = new("--connection")
    {
        Description = "The connection's whole qualified name, in place of the one made from its name",
        HelpName = "QN",
    };

    /// <summary>How much may be archived.</summary>
    public Option<string?> AllowDelete { get; } = new("--allow-delete")
    {
        Description = $"How much of what is there may be archived at once, in percent [default: {SweepGuard.UsualPercent}, or 20 assets]",
        HelpName = "PCT",
    };

    /// <summary>Whether nothing is done.</summary>
    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Show what would change, and change nothing" };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Name);
        command.Options.Add(Connection);
        command.Options.Add(AllowDelete);
        command.Options.Add(DryRun);
    }

    /// <summary>The qualified name of the connection that the user gave, or null.</summary>
    public string? ReadConnection(ParseResult parsed) => parsed.GetValue(Connection)?.TrimEnd('/');

    /// <summary>The guard that the user asked for.</summary>
    /// <exception cref="UsageException">It is not a percentage.</exception>
    public SweepGuard ReadGuard(ParseResult parsed)
    {
        if (parsed.GetValue(AllowDelete) is not { } percent)
        {
            return new SweepGuard();
        }

        return int.TryParse(percent.TrimEnd('%').TrimEnd(), out var number) && number is >= 0 and <= 100
            ? new SweepGuard(number)
            : throw new UsageException($"--allow-delete takes a percentage from 0 to 100, not \"{percent}\"");
    }
}
