using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Fuzz.Inputs;
using Cartulary.Testing;

namespace Cartulary.Fuzz.Targets;

/// <summary>Sends bodies through the reader and the whole way of a save, and judges what comes of them.</summary>
internal sealed class SaveDoor(TestCatalog catalog)
{
    private readonly ShortCutSaver _shortCut = ShortCutOf(catalog);
    private static readonly SaveLimits Limits = new();
    private static readonly CommitContext Context = new(Guid.Empty, "fuzz", "api", null, ImmutableSortedDictionary<string, string>.Empty);
    private static readonly AssetSelector Target = new AssetSelector.ByUniqueAttribute("Table", "qualifiedName", Seeds.Target);

    /// <summary>What the input did that is worth remembering.</summary>
    public async Task<IEnumerable<string>> TryAsync(FuzzInput input)
    {
        var read = Read(input);
        SlicerOracle.Check(input, read, catalog.Types.Newest);
        ReaderOracle.Check(input.Bytes, read, Limits.JsonDepth);
        if (read is not ReadOutcome.Understood understood)
        {
            var explained = await catalog.Saver.ExplainAsync((ReadOutcome.Refused)read, Context, CancellationToken.None);
            ReaderOracle.CheckProblems(explained.Problems);
            await CheckShortCutAsync(input, explained);
            return Features.Of(explained.Problems);
        }

        var outcome = await SaveAsync(understood.Request);
        if (outcome is SaveOutcome.Rejected rejected)
        {
            ReaderOracle.CheckProblems(rejected.Problems);
            await CheckShortCutAsync(input, rejected);
            return Features.Of(rejected.Problems);
        }

        if (outcome is SaveOutcome.Committed)
        {
            await CheckSaidAgainAsync(input);
        }
        else
        {
            await CheckShortCutAsync(input, outcome);
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
    // a partial update has renamed is no longer where it was. A version that was expected has passed.
    private async Task CheckSaidAgainAsync(FuzzInput input)
    {
        var again = await SaveAsync(((ReadOutcome.Understood)Read(input)).Request);
        if (again is SaveOutcome.Unchanged)
        {
            await CheckShortCutAsync(input, again);
        }

        var isSilent = again is SaveOutcome.Unchanged || (again is SaveOutcome.Rejected rejected && rejected.Problems.All(problem => problem.Code.Status is 409 or 412 || problem.Code == ErrorCodes.NotFoundByAttribute));
        ReaderOracle.Require(isSilent, $"said again, it was {Show(again)}");
    }

    /// <summary>What changes nothing is answered the same with the short cut, when it learns the body and when it knows it.</summary>
    private async Task CheckShortCutAsync(FuzzInput input, SaveOutcome expected)
    {
        if (input.Door == FuzzInput.Partial)
        {
            return;
        }

        for (var time = 0; time < 2; time++)
        {
            var shape = input.Door == FuzzInput.Bulk ? BodyShape.Bulk : BodyShape.Single;
            if (await _shortCut.LookAsync(input.Bytes, shape, flags: 0, default, Context.Actor, SaveTerms.None, CancellationToken.None) is not { } known)
            {
                return;
            }

            var answer = known.IsAll ? $"unchanged {Assigned(known)}" : ShowAll(await _shortCut.SaveAsync(known, Context, SaveTerms.None, CancellationToken.None));
            ReaderOracle.Require(answer == ShowAll(expected), $"the short cut says {answer}, not {ShowAll(expected)}");
        }
    }

    private static string ShowAll(SaveOutcome outcome) => outcome switch
    {
        SaveOutcome.Unchanged unchanged => $"unchanged {JsonSerializer.Serialize(unchanged.Summary.GuidAssignments.ToDictionary(pair => pair.Key, pair => pair.Value))}",
        SaveOutcome.Rejected rejected => TestCatalog.Show(rejected),
        _ => outcome.GetType().Name,
    };

    private static string Assigned(KnownMembers known)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            known.WriteGuidAssignments(writer);
            writer.WriteEndObject();
        }

        using var answer = JsonDocument.Parse(buffer.ToArray());
        return JsonSerializer.Serialize(answer.RootElement.GetProperty("guidAssignments").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetGuid()));
    }

    private static ShortCutSaver ShortCutOf(TestCatalog catalog)
    {
        var cache = new VerdictCache(10_000);
        ReaderOracle.Require(cache.TryFollow(catalog.Store), "the catalog cannot be watched");
        return new ShortCutSaver(catalog.Store, catalog.Saver, catalog.Types, Limits, cache, seed: 1);
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
