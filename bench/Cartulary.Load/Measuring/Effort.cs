namespace Cartulary.Load.Measuring;

/// <summary>How much is measured.</summary>
/// <param name="Runs">Of how many runs the best counts.</param>
/// <param name="RunTime">How long a run over stored assets lasts.</param>
/// <param name="CreatedPerRun">How many assets a run of creations makes.</param>
/// <param name="SingleSaves">How many single saves a run has.</param>
/// <param name="FilledTo">To how many assets the large catalog is filled.</param>
/// <param name="Streams">How many event streams are open at once.</param>
/// <param name="StreamTime">How long a measure of streams lasts.</param>
/// <param name="Members">How many members tables and terms have when one more is added.</param>
/// <param name="Servers">How many servers share a database.</param>
/// <param name="LargeTables">How many tables of 30 columns the connections have that are tagged and deleted.</param>
/// <param name="Webhooks">How much is measured of webhooks.</param>
internal sealed record Effort(int Runs, TimeSpan RunTime, int CreatedPerRun, int SingleSaves, int FilledTo, int Streams, TimeSpan StreamTime, IReadOnlyList<int> Members, IReadOnlyList<int> Servers, IReadOnlyList<int> LargeTables, WebhookEffort Webhooks)
{
    /// <summary>The figures to publish.</summary>
    public static Effort Full { get; } = new(3, TimeSpan.FromSeconds(1.5), 10_000, 2_000, 200_000, 1_000, TimeSpan.FromSeconds(4), [10, 1_000, 10_000], [1, 2, 4], [500, 10_000], WebhookEffort.Full);

    /// <summary>A first look.</summary>
    public static Effort Quick { get; } = new(2, TimeSpan.FromSeconds(0.6), 4_000, 500, 40_000, 200, TimeSpan.FromSeconds(1.5), [10, 1_000], [1, 2], [100], WebhookEffort.Quick);

    /// <summary>With how many connections the server is driven.</summary>
    public static IReadOnlyList<int> Clients { get; } = [1, 4, 8];

    /// <summary>The highest of the runs.</summary>
    public async Task<double> HighestAsync(Func<Task<double>> run) => (await AllAsync(run)).Max();

    /// <summary>The lowest of the runs.</summary>
    public async Task<double> LowestAsync(Func<Task<double>> run) => (await AllAsync(run)).Min();

    private async Task<List<double>> AllAsync(Func<Task<double>> run)
    {
        var values = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            values.Add(await run());
        }

        return values;
    }
}
