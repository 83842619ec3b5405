using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Fuzz.Inputs;
using Cartulary.Testing;

namespace Cartulary.Fuzz.Targets;

/// <summary>Sends bodies through the reader and the whole way of a save, and judges what comes of them.</summary>
internal sealed class SaveDoor(TestCatalog catalog)
{
    private static readonly SaveLimits Limits = new();
    private static readonly CommitContext Context = new(Guid.Empty, "fuzz", "api", null, ImmutableSortedDictionary<string, string>.Empty);
    private static readonly AssetSelector Target = new AssetSelector.ByUniqueAttribute("Table", "qualifiedName", Seeds.Target);

    /// <summary>What the input did that is worth remembering.</summary>
    public async Task<IEnumerable<string>> TryAsync(FuzzInput input)
    {
        var read = Read(input);
        ReaderOracle.Check(input.Bytes, read, Limits.JsonDepth);
        if (read is not ReadOutcome.Understood understood)
        {
            var explained = await catalog.Saver.ExplainAsync((ReadOutcome.Refused)read, Context, CancellationToken.None);
            ReaderOracle.CheckProblems(explained.Problems);
            return Features.Of(explained.Problems);
        }

        var outcome = await SaveAsync(understood.Request);
        if (outcome is SaveOutcome.Rejected rejected)
        {
            ReaderOracle.CheckProblems(rejected.Problems);
            return Features.Of(rejected.Problems);
        }

        if (outcome is SaveOutcome.Committed)
        {
            await CheckSaidAgainAsync(input);
        }

        return Features.Of(outcome, understood.Request, catalog.Types.Newest);
    }

    /// <summary>The catalog agrees with its log.</summary>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, cancellationToken);
        ReaderOracle.Require(verification.Faults.IsEmpty, string.Join("; ", verification.Faults));
    }

    // A term is created by a name that the server makes, so creating it again is refused rather than silent; and an asset that
    // a partial update has renamed is no longer where it was.
    private async Task CheckSaidAgainAsync(FuzzInput input)
    {
        var again = await SaveAsync(((ReadOutcome.Understood)Read(input)).Request);
        var isSilent = again is SaveOutcome.Unchanged || (again is SaveOutcome.Rejected rejected && rejected.Problems.All(problem => problem.Code.Status == 409 || problem.Code == ErrorCodes.NotFoundByAttribute));
        ReaderOracle.Require(isSilent, $"said again, it was {Show(again)}");
    }

    private static string Show(SaveOutcome outcome) => outcome is SaveOutcome.Rejected rejected ? TestCatalog.Show(rejected) : outcome.GetType().Name;

    private ReadOutcome Read(FuzzInput input) => input.Door switch
    {
        FuzzInput.Bulk => SaveRequestReader.ReadBulk(input.Bytes, catalog.Types.Newest, Limits),
        FuzzInput.Single => SaveRequestReader.ReadSingle(input.Bytes, catalog.Types.Newest, Limits),
        _ => SaveRequestReader.ReadPartial(input.Bytes, Target, catalog.Types.Newest, Limits),
    };

    private ValueTask<SaveOutcome> SaveAsync(SaveRequest request) => catalog.Saver.SaveAsync(
        request, Context, CancellationToken.None);
}
