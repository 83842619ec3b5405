using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Receipts;
using Cartulary.Testing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Simulation;

/// <summary>A save on trial does nothing and says what the save then does; a receipt says what the events say.</summary>
public sealed class ReceiptProperties
{
    private const int Runs = 20;
    private static readonly SaveTerms WithReceipts = new() { WithReceipts = true };

    private readonly Dictionary<Type, int> _seen = [];

    [Fact]
    public async Task A_trial_a_save_and_its_events_say_the_same()
    {
        await Gen.UInt.Array[50, 1_500].SampleAsync(rolls => RunAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

        _seen.GetValueOrDefault(typeof(SaveOutcome.Committed)).ShouldBeGreaterThan(Runs);
        _seen.Keys.ShouldContain(typeof(SaveOutcome.Unchanged));
    }

    private async Task RunAsync(uint[] rolls)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var catalog = await TestCatalog.CreateAsync(clock);
        var founded = (SaveOutcome.Committed)await catalog.SaveAsync(RandomSaves.Foundation);
        var terms = founded.Summary.GuidAssignments.Select(assignment => assignment.Value).ToList();
        var dice = new Dice(rolls);
        var saves = new RandomSaves(dice, "me");
        for (var count = 0; count < rolls.Length / 25; count++)
        {
            if (dice.OneIn(5))
            {
                var request = saves.ToEnd(terms);
                await CompareAsync(catalog, $"{request.Kind} {request.Deletion} {string.Join(' ', request.Named)}", catalog.ForeseeAsync(request, Now(clock)), () => catalog.TryAsync(request, WithReceipts));
            }
            else
            {
                var body = saves.Next(terms);
                await CompareAsync(catalog, body, catalog.ForeseeAsync(body, Now(clock)), () => catalog.TrySaveAsync(body, WithReceipts));
            }

            clock.Advance(TimeSpan.FromMilliseconds(dice.Below(3)));
        }
    }

    private static long Now(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task CompareAsync(TestCatalog catalog, string body, ValueTask<SaveOutcome> trial, Func<ValueTask<SaveOutcome>> save)
    {
        var before = catalog.Store.Head;
        var foreseen = await trial;
        catalog.Store.Head.ShouldBe(before, body);

        var outcome = await save();
        _seen[outcome.GetType()] = _seen.GetValueOrDefault(outcome.GetType()) + 1;
        switch (outcome)
        {
            case SaveOutcome.Committed committed:
                var told = await EnvelopesAsync(catalog, before.Sequence);
                CheckForeseen(foreseen.ShouldBeOfType<SaveOutcome.Foreseen>(body), committed, told, body);
                CheckReceipts([.. committed.Receipts!.Value], told, body);
                break;
            case SaveOutcome.Unchanged unchanged:
                Text(foreseen.ShouldBeOfType<SaveOutcome.Unchanged>(body).Receipts!.Value).ShouldBe(Text(unchanged.Receipts!.Value), body);
                unchanged.Receipts.Value.ShouldAllBe(receipt => receipt.Verdict == Verdict.NoOp && receipt.Events.IsEmpty);
                break;
            case SaveOutcome.Rejected rejected:
                TestCatalog.Show(foreseen.ShouldBeOfType<SaveOutcome.Rejected>(body)).ShouldBe(TestCatalog.Show(rejected), body);
                break;
        }
    }

    /// <summary>All but the ids that only a commit gives is the same: numbers, times, differences, and the envelopes to the letter.</summary>
    private static void CheckForeseen(SaveOutcome.Foreseen foreseen, SaveOutcome.Committed committed, List<JsonElement> told, string body)
    {
        var receipts = foreseen.Save.Receipts!.Value;
        var ids = receipts.Zip(committed.Receipts!.Value)
            .Where(pair => pair.First.Verdict == Verdict.Create)
            .Select(pair => (Foreseen: pair.First.Guid, Given: pair.Second.Guid))
            .Append((Foreseen: foreseen.Save.Context.SaveId, Given: committed.Context.SaveId))
            .ToList();
        WithIds(Text(receipts)).ShouldBe(Text(committed.Receipts.Value), body);
        foreseen.Events.Select(item => WithIds(Encoding.UTF8.GetString(item.Envelope.Span))).ShouldBe(told.Select(envelope => envelope.GetRawText()), body);
        foreseen.Events.Select(item => item.Sequence).ShouldBe(committed.Receipts.Value.SelectMany(receipt => receipt.Events).Select(item => item.Sequence).Order(), body);

        string WithIds(string text) => ids.Aggregate(text, (changed, id) => changed.Replace(id.Foreseen.ToString("D"), id.Given.ToString("D"), StringComparison.Ordinal));
    }

    /// <summary>Every event has its receipt, which tells the same difference and names its sequence.</summary>
    private static void CheckReceipts(List<AssetReceipt> receipts, List<JsonElement> told, string body)
    {
        receipts.Where(receipt => receipt.Verdict != Verdict.NoOp).Select(receipt => receipt.Guid)
            .ShouldBe(told.Select(envelope => envelope.GetProperty("message").GetProperty("entity").GetProperty("guid").GetGuid()), ignoreOrder: true, body);
        foreach (var message in told.Select(envelope => envelope.GetProperty("message")))
        {
            var own = new ToldEvent(message);
            var receipt = receipts.Single(receipt => receipt.Guid == own.Guid);
            receipt.Version.ShouldBe(own.Version);
            receipt.IsRelated.ShouldBe(own.Cause is not null, body);
            var json = JsonDocument.Parse(Text(receipt)).RootElement;
            json.GetProperty("verdict").GetString().ShouldBe(own.Operation["ENTITY_".Length..]);
            json.GetProperty("events").GetRawText().ShouldBe(string.Create(CultureInfo.InvariantCulture, $"[{{\"sequence\":{own.Sequence},\"operationType\":\"{own.Operation}\"}}]"));
            ReceiptDifference.Check(json.GetProperty("changes"), own, body);
        }
    }

    private static async Task<List<JsonElement>> EnvelopesAsync(TestCatalog catalog, long after)
    {
        var page = await catalog.Feed.ReadAsync(new(after, 5_000), CancellationToken.None);
        return [.. page.Events.Select(item => JsonDocument.Parse(item.Envelope).RootElement)];
    }

    private static string Text(IEnumerable<AssetReceipt> receipts) => string.Join('\n', receipts.Select(Text));

    private static string Text(AssetReceipt receipt)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ReceiptWriter.Write(writer, receipt);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
