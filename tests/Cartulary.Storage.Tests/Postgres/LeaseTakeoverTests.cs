using System.Diagnostics;
using Cartulary.Core.Ports;
using Cartulary.Testing.Postgres;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>A lease that another process holds: kept as long as that lives, taken over soon after it dies, and only once.</summary>
public sealed class LeaseTakeoverTests(PostgresCluster cluster)
{
    private const string Work = "work";
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(12);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_lives_keeps_its_lease_and_one_that_is_killed_loses_it_within_12_seconds()
    {
        await using var catalog = await PostgresCatalog.CreateAsync(cluster);
        var leases = (await catalog.OpenAsync()).Leases;
        using var holder = Start(catalog.ConnectionString);
        (await holder.StandardOutput.ReadLineAsync(Cancel)).ShouldBe("holds 1");
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < ILeases.LastsFor + ILeases.RenewEvery)
        {
            (await leases.TryTakeAsync(Work, Guid.CreateVersion7(), Cancel)).ShouldBeNull();
            await Task.Delay(ILeases.RenewEvery, Cancel);
        }

        holder.Kill();
        await holder.WaitForExitAsync(Cancel);

        var (lease, took) = await TakeOverAsync(leases);
        lease.Epoch.ShouldBe(2);
        took.ShouldBeLessThan(TakenOverWithin);
    }

    [Fact]
    public async Task A_process_that_stood_still_for_too_long_learns_that_its_lease_is_lost()
    {
        await using var catalog = await PostgresCatalog.CreateAsync(cluster);
        var leases = (await catalog.OpenAsync()).Leases;
        using var holder = Start(catalog.ConnectionString);
        (await holder.StandardOutput.ReadLineAsync(Cancel)).ShouldBe("holds 1");
        await SignalAsync(holder, "STOP");

        var (lease, _) = await TakeOverAsync(leases);
        await SignalAsync(holder, "CONT");

        (await holder.StandardOutput.ReadLineAsync(Cancel)).ShouldBe("lost");
        await holder.WaitForExitAsync(Cancel);
        (await leases.RenewAsync(lease, Cancel)).ShouldBeTrue();
    }

    private static async Task<(Lease Lease, TimeSpan Took)> TakeOverAsync(ILeases leases)
    {
        var owner = Guid.CreateVersion7();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await leases.TryTakeAsync(Work, owner, Cancel) is { } lease)
            {
                return (lease, Stopwatch.GetElapsedTime(began));
            }

            await Task.Delay(ILeases.RenewEvery, Cancel);
        }
    }

    private static Process Start(string connectionString)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(own.Parent!.Parent!.FullName, "Cartulary.LeaseHolder", own.Name, "Cartulary.LeaseHolder.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, connectionString, Work]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{process.Id}"]);
        await kill.WaitForExitAsync(Cancel);
        kill.ExitCode.ShouldBe(0);
    }
}
