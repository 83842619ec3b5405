namespace Cartulary.Scenarios.ManyServers;

/// <summary>
/// Of three servers on one database, one dies, stands still, or all lose their database, under load: what was acknowledged is
/// there, told once and whole; nothing else is; and those who go on are not kept for long.
/// </summary>
[Collection(ManyServersCollection.Name)]
public sealed class ServerFaultTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_killed_takes_nothing_acknowledged_with_it_and_leaves_nothing_by_half()
    {
        await FaultRun.RoundsAsync(output, async run =>
        {
            var victim = run.Random.Next(run.Fleet.Count);
            await run.Fleet.KillAsync(victim, Token);
            await Task.Delay(run.Random.Next(0, 500), Token);
            await run.Fleet.ReplaceAsync(victim, Token);
        });
    }

    [Fact]
    public async Task A_server_that_stands_still_for_long_neither_stops_the_others_nor_spoils_anything_when_it_goes_on()
    {
        await FaultRun.RoundsAsync(output, async run =>
        {
            var victim = run.Fleet[run.Random.Next(run.Fleet.Count)];
            victim.Freeze();
            await Task.Delay(Rounds.Frozen, Token);
            victim.Thaw();
        });
    }

    [Fact]
    public async Task A_database_that_dies_and_comes_back_has_all_that_was_acknowledged()
    {
        await FaultRun.RoundsAsync(output, async run =>
        {
            await run.Database.StopImmediatelyAsync();
            await Task.Delay(run.Random.Next(0, 1_000), Token);
            await run.Database.StartAsync(Token);
        });
    }
}
