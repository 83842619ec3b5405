using System.Text.Json;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>Whatever is said of custom metadata, by whichever call: what comes of it is what was meant, and is told exactly.</summary>
public sealed class CustomMetadataProperties
{
    private const int Runs = 20;

    /// <summary>Values of attributes by what they mean, each in several spellings; the first meaning is no value.</summary>
    private static readonly (string Name, string[][] Meanings)[] Attributes =
    [
        ("of_int", [["null"], ["1", "1.0", "\"1\""], ["0"]]),
        ("of_string", [["null", "\"\""], ["\"a\""], ["\" a \""]]),
        ("of_boolean", [["null"], ["false", "\"FALSE\""], ["true"]]),
        ("of_date", [["null"], ["0", "\"1970-01-01T00:00:00Z\""], ["86400000", "\"1970-01-02\""]]),
        ("of_Colour", [["null", "\"\""], ["\"RED\""], ["\"GREEN\""]]),
        ("of_array_string", [["null", "[]"], ["[\"b\",\"a\"]", "[\"a\",\"b\",\"a\"]"], ["[\"a\"]"]]),
    ];

    [Fact]
    public Task What_comes_of_a_request_is_what_was_meant_and_is_told_exactly() =>
        Gen.UInt.Array[50, 1_500].SampleAsync(rolls => RunAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    private static async Task RunAsync(uint[] rolls)
    {
        var dice = new Dice(rolls);
        await using var catalog = await TestCatalog.CreateAsync(model: EverythingModel.WithBuiltIn());
        var created = (SaveOutcome.Committed)await catalog.SaveAsync(Body(""));
        var guid = created.Summary.GuidAssignments[0].Value;
        for (var count = rolls.Length / 10; count > 0; count--)
        {
            await StepAsync(catalog, guid, dice);
        }

        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, TestContext.Current.CancellationToken);
        verification.Faults.ShouldBeEmpty();
        Order.Check((await catalog.EventsAsync(0)).ConvertAll(message => new ToldEvent(message)));
    }

    private static async Task StepAsync(TestCatalog catalog, Guid guid, Dice dice)
    {
        var before = await ReadAsync(catalog, guid);
        var said = dice.Some(Attributes).ToDictionary(attribute => attribute.Name, attribute => dice.Pick(dice.Pick(attribute.Meanings)), StringComparer.Ordinal);
        var json = $"{{\"Quality\":{{{string.Join(',', said.Select(value => $"\"{value.Key}\":{value.Value}"))}}}}}";
        var (mode, byCall) = (dice.Below(4), dice.Flip());
        var expected = Expected(before, said, mode, byCall);
        var head = catalog.Store.Head;

        var outcome = byCall && mode > 0
            ? await catalog.ChangeMetadataAsync(guid, json, new MetadataCall((MetadataAction)(mode - 1), ByDisplayName: false))
            : await catalog.TrySaveAsync(Body($",\"businessAttributes\":{json}"), new SaveManner(TagMode.Ignored, (MetadataMode)(mode % 3)));

        outcome.ShouldNotBeOfType<SaveOutcome.Rejected>(json);
        var after = await ReadAsync(catalog, guid);
        after.ShouldBe(expected, ignoreOrder: true, json);
        CheckTold(await catalog.EventsAsync(head.Sequence), before, after, json);
        if (before.Count == after.Count && !before.Except(after).Any())
        {
            catalog.Store.Head.ShouldBe(head, json);
        }

        await SendBackAsync(catalog, after);
    }

    /// <summary>What was read comes back under every flag.</summary>
    private static async Task SendBackAsync(TestCatalog catalog, Dictionary<string, string> present)
    {
        var json = $"{{\"Quality\":{{{string.Join(',', present.Select(value => $"\"{value.Key}\":{value.Value}"))}}}}}";
        foreach (var mode in new[] { MetadataMode.Ignored, MetadataMode.Merge, MetadataMode.Overwrite })
        {
            (await catalog.TrySaveAsync(Body($",\"businessAttributes\":{json}"), new SaveManner(TagMode.Ignored, mode))).ShouldBeOfType<SaveOutcome.Unchanged>(json);
        }
    }

    /// <summary>Modes: ignored or, by save, merged for a multiple of three; then merge, overwrite, and by call remove.</summary>
    private static Dictionary<string, string> Expected(Dictionary<string, string> before, Dictionary<string, string> said, int mode, bool byCall)
    {
        var action = byCall && mode > 0 ? mode : mode % 3;
        var expected = action == 2 || (action == 1 && said.Count == 0) ? [] : new Dictionary<string, string>(before, StringComparer.Ordinal);
        if (action == 3 && said.Count == 0)
        {
            return [];
        }

        foreach (var (name, value) in action == 0 ? [] : said)
        {
            expected.Remove(name);
            if (action != 3 && Canonical(name, value) is { } present)
            {
                expected[name] = present;
            }
        }

        return expected;
    }

    private static string? Canonical(string name, string spelled)
    {
        var meanings = Attributes.Single(attribute => attribute.Name == name).Meanings;
        var meaning = Array.FindIndex(meanings, spellings => spellings.Contains(spelled, StringComparer.Ordinal));
        return meaning == 0 ? null : name == "of_array_string" && meaning == 1 ? "[\"a\",\"b\"]" : meanings[meaning][0];
    }

    private static void CheckTold(List<JsonElement> events, Dictionary<string, string> before, Dictionary<string, string> after, string json)
    {
        var changed = before.Keys.Union(after.Keys).Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name)).ToList();
        if (changed.Count == 0)
        {
            events.ShouldBeEmpty(json);
            return;
        }

        var told = events.ShouldHaveSingleItem(json);
        told.GetProperty("operationType").GetString().ShouldBe("BUSINESS_ATTRIBUTE_UPDATE");
        Values(told.GetProperty("mutatedDetails")).ShouldBe(changed.ToDictionary(name => name, name => after.GetValueOrDefault(name, "null")), ignoreOrder: true, json);
        Values(told.GetProperty("previousDetails")).ShouldBe(changed.ToDictionary(name => name, name => before.GetValueOrDefault(name, "null")), ignoreOrder: true, json);
    }

    private static Dictionary<string, string> Values(JsonElement details) =>
        details.GetProperty("Quality").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetRawText(), StringComparer.Ordinal);

    private static async Task<Dictionary<string, string>> ReadAsync(TestCatalog catalog, Guid guid)
    {
        var view = await catalog.GetAsync(guid);
        return view.Asset.State.CustomMetadata.ToDictionary(
            value => view.Registry.Attribute(value.AttributeId).Name, value => StateJson.Value(value.Value, view.Registry), StringComparer.Ordinal);
    }

    private static string Body(string more) =>
        $"{{\"entities\":[{{\"typeName\":\"Table\",\"guid\":\"-1\",\"attributes\":{{\"qualifiedName\":\"t\",\"name\":\"t\"}}{more}}}]}}";
}
