using Cartulary.Fuzz.Inputs;
using Microsoft.Extensions.Configuration;

namespace Cartulary.Fuzz;

/// <summary>
/// No input makes the catalog fail: it is taken, and then nothing when it comes again, or refused with a code, a place and a text.
/// </summary>
public sealed class CorpusTests
{
    private const int Seed = 20_241;

    [Fact]
    public async Task Kept_inputs_do_no_harm()
    {
        var run = new FuzzRun(Seed);

        await run.GoAsync([.. Seeds.All(), .. CorpusFile.Read()], TimeSpan.Zero, inputsMax: 0, TestContext.Current.CancellationToken);

        Show(run).ShouldBeEmpty();
        run.Seen.ShouldBeGreaterThan(50, "so few kinds of outcome mean that the inputs no longer reach what they were kept for");
    }

    /// <summary>
    /// Tries a few thousand inputs; longer when asked for: CARTULARY_FUZZ_SECONDS says how long, CARTULARY_FUZZ_SEED from where,
    /// and CARTULARY_FUZZ_CORPUS names the file that takes the inputs which did something new.
    /// </summary>
    [Fact]
    public async Task Newly_spoilt_inputs_do_no_harm()
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables("CARTULARY_FUZZ_").Build();
        var seed = settings.GetValue("SEED", Seed);
        var seconds = settings.GetValue<int?>("SECONDS", null);
        var run = new FuzzRun(seed);
        List<FuzzInput> seeds = [.. Seeds.All()];

        await run.GoAsync(
            seconds is null ? seeds : [.. seeds, .. CorpusFile.Read()],
            TimeSpan.FromSeconds(seconds ?? 60),
            seconds is null ? 2_500 : long.MaxValue,
            TestContext.Current.CancellationToken);

        if (settings["CORPUS"] is { } path)
        {
            await CorpusFile.WriteAsync(path + ".finds", run.Finds.Select(find => find.Input), TestContext.Current.CancellationToken);
            await CorpusFile.WriteAsync(path, run.Kept.Except(seeds), TestContext.Current.CancellationToken);
        }

        Show(run).ShouldBeEmpty($"seed {seed}: {run.Tried} inputs, {run.Seen} kinds of outcome, {run.Kept.Count} kept");
    }

    private static List<string> Show(FuzzRun run) =>
        [.. run.Finds.Select(find => $"{find.What}\n  {find.Input.Door}: {EscapedBytes.Write(find.Input.Bytes)}")];
}
