using System.Text;
using Cartulary.Core.Query;
using Cartulary.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Simulation;

/// <summary>
/// A save planned before another one and committed after it leaves the same states, edges, events and answers as one planned
/// after it: for every ordered pair of saves that may touch the same things.
/// </summary>
public sealed class InterleavingProperties : IAsyncLifetime
{
    private TestCatalog _catalog = null!;

    public static TheoryData<string> Saves { get; } = [.. Troupe.Saves.Keys];

    public async ValueTask InitializeAsync()
    {
        _catalog = await TestCatalog.CreateAsync(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55)));
        await _catalog.DefineAsync(TagModel.Types);
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Theory]
    [MemberData(nameof(Saves))]
    public async Task A_save_that_was_overtaken_does_what_it_would_have_done_afterwards(string late)
    {
        var wrong = new StringBuilder();
        foreach (var early in Troupe.Saves.Keys)
        {
            var overtaken = await RunAsync(early, late, isOvertaken: true);
            var afterwards = await RunAsync(early, late, isOvertaken: false);
            if (overtaken is not null && overtaken != afterwards)
            {
                wrong.AppendLine($"{late}, overtaken by {early}:\n{Lacks(afterwards!, overtaken)}\nshould be\n{Lacks(overtaken, afterwards!)}");
            }
        }

        wrong.ToString().ShouldBeEmpty();
        await TagOracle.CheckAsync(_catalog.Store, _catalog.Types);
        var verifier = new Verifier(_catalog.Store, _catalog.Types, _catalog.Feed);
        (await verifier.VerifyAsync(progress: null, TestContext.Current.CancellationToken)).Faults.ShouldBeEmpty();
    }

    /// <summary>The lines that one description has and another has not.</summary>
    private static string Lacks(string description, string other) => string.Join('\n', other.Split('\n').Except(description.Split('\n')));

    /// <summary>Runs both saves on assets of their own and tells what came of it; null when there was nothing to overtake.</summary>
    private async Task<string?> RunAsync(string early, string late, bool isOvertaken)
    {
        var troupe = await Troupe.CreateAsync(_catalog);
        if (isOvertaken)
        {
            troupe.Store.Meanwhile = () => troupe.SaveAsync(early);
            await troupe.SaveAsync(late);
            if (troupe.Store.Meanwhile is not null)
            {
                return null;
            }
        }
        else
        {
            await troupe.SaveAsync(early);
            await troupe.SaveAsync(late);
        }

        return await troupe.DescribeAsync();
    }
}
