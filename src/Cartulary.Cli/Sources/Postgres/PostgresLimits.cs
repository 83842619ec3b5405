namespace Cartulary.Cli.Sources.Postgres;

/// <summary>How much a crawl asks of the database at once.</summary>
/// <param name="Statement">Longest time of one statement; the wait for a lock has a fifth of it.</param>
/// <param name="Page">Most tables, views or routines in one answer.</param>
internal sealed record PostgresLimits(TimeSpan Statement, int Page = 500)
{
    /// <summary>What holds when the user says nothing.</summary>
    public static PostgresLimits Usual { get; } = new(TimeSpan.FromSeconds(60));
}
