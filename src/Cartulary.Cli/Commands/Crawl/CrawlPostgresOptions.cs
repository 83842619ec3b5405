using System.CommandLine;
using Cartulary.Cli.Sources.Postgres;

namespace Cartulary.Cli.Commands.Crawl;

/// <summary>The options of <c>crawl postgres</c> that other crawls do not have.</summary>
internal sealed class CrawlPostgresOptions
{
    private static readonly int UsualTimeout = (int)PostgresLimits.Usual.Statement.TotalSeconds;

    private readonly Argument<string?> _address = new("DATABASE")
    {
        Description = "postgres://user@host:port/database, or \"host=… dbname=… user=…\"; what it does not say is taken from PGHOST, PGPORT, PGDATABASE and PGUSER",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _dsn = new("--dsn") { Description = "The same as DATABASE", HelpName = "DATABASE" };

    private readonly Option<bool> _allDatabases = new("--all-databases") { Description = "Catalogue every database of the server that lets the user in" };

    private readonly Option<string[]> _schema = new("--schema")
    {
        Description = "Only schemas whose name matches, with * for any text and ? for one character; may be given several times",
        HelpName = "PATTERN",
    };

    private readonly Option<string[]> _excludeSchema = new("--exclude-schema")
    {
        Description = "No schemas whose name matches; may be given several times",
        HelpName = "PATTERN",
    };

    private readonly Option<bool> _statistics = new("--stats")
    {
        Description = "Tell row counts and sizes too, as the database last estimated them; they change whenever it counts again",
    };

    private readonly Option<int?> _timeout = new("--timeout")
    {
        Description = $"Longest time of one question to the database, in seconds; a fifth of it for a lock [default: {UsualTimeout}]",
        HelpName = "SECONDS",
    };

    /// <summary>Makes the options.</summary>
    public CrawlPostgresOptions() => _timeout.Validators.Add(static result =>
    {
        if (result.GetValueOrDefault<int?>() is < 1 or > 86_400)
        {
            result.AddError("--timeout takes a number of seconds from 1 to 86,400");
        }
    });

    /// <summary>A file that holds the password.</summary>
    public Option<string?> PasswordFile { get; } = new("--password-file")
    {
        Description = "A file that holds the password [default: PGPASSWORD, or what ~/.pgpass says]",
        HelpName = "FILE",
    };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_address);
        foreach (var option in new Option[] { _dsn, PasswordFile, _allDatabases, _schema, _excludeSchema, _statistics, _timeout })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The address that the user gave, or null.</summary>
    /// <exception cref="UsageException">There are two.</exception>
    public string? ReadAddress(ParseResult parsed) => (parsed.GetValue(_address), parsed.GetValue(_dsn)) switch
    {
        (not null, not null) => throw new UsageException("the database is given twice"),
        var (address, dsn) => address ?? dsn,
    };

    /// <summary>What the user wants to be crawled.</summary>
    public PostgresOptions Read(ParseResult parsed) => new(
        new SchemaFilter([.. parsed.GetValue(_schema) ?? []], [.. parsed.GetValue(_excludeSchema) ?? []]),
        parsed.GetValue(_allDatabases),
        parsed.GetValue(_statistics),
        parsed.GetValue(_timeout) is { } seconds ? PostgresLimits.Usual with { Statement = TimeSpan.FromSeconds(seconds) } : PostgresLimits.Usual);
}
