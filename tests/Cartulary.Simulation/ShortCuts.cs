using System.Globalization;
using System.Text;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>Saves with the short cut and without it, and shows what came of them so that the two can be compared.</summary>
internal static class ShortCuts
{
    /// <summary>A short cut before a saver.</summary>
    public static ShortCutSaver Before(Saver saver, ICatalogStore store, TypeRegistrySource types, int entries = 10_000)
    {
        var cache = new VerdictCache(entries);
        cache.TryFollow(store).ShouldBeTrue();
        return new ShortCutSaver(store, saver, types, new SaveLimits(), cache, seed: 1);
    }

    /// <summary>Saves a bulk body as the server does; tells how many of its members were known.</summary>
    public static async Task<(SaveOutcome Outcome, int Known)> SaveAsync(Saver saver, ShortCutSaver? shortCut, TypeRegistrySource types, string json, CommitContext context)
    {
        var cancel = TestContext.Current.CancellationToken;
        var body = Encoding.UTF8.GetBytes(json);
        if (shortCut is not null && await shortCut.LookAsync(body, BodyShape.Bulk, flags: 0, default, context.Actor, SaveTerms.None, cancel) is { } known)
        {
            var count = int.Parse(known.ToString().Split(' ')[0], CultureInfo.InvariantCulture);
            return (known.IsAll ? new SaveOutcome.Unchanged(Answered(known)) : await shortCut.SaveAsync(known, context, SaveTerms.None, cancel), count);
        }

        return SaveRequestReader.ReadBulk(body, types.Newest, new SaveLimits()) switch
        {
            ReadOutcome.Understood understood => (await saver.SaveAsync(understood.Request, context, cancel), 0),
            ReadOutcome.Refused refused => (new SaveOutcome.Rejected(refused.Problems), 0),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>All that the caller of a save is told.</summary>
    public static string Show(SaveOutcome outcome) => outcome switch
    {
        SaveOutcome.Committed done => string.Join(',', done.Summary.Mutations.Select(item => $"{item.Kind} {item.Guid} {item.IsRelated} {item.Status} {done.Receipt.Versions[item.Subject]}"))
            + Show(done.Summary),
        SaveOutcome.Unchanged same => $"unchanged{Show(same.Summary)}",
        _ => TestCatalog.Show((SaveOutcome.Rejected)outcome),
    };

    private static string Show(SaveSummary summary) => $" for {string.Join(',', summary.GuidAssignments.Select(pair => $"{pair.Key}={pair.Value}"))}";

    private static SaveSummary Answered(KnownMembers known)
    {
        using var buffer = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            known.WriteGuidAssignments(writer);
            writer.WriteEndObject();
        }

        using var answer = System.Text.Json.JsonDocument.Parse(buffer.ToArray());
        return new SaveSummary([.. answer.RootElement.GetProperty("guidAssignments").EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetGuid()))], []);
    }
}
