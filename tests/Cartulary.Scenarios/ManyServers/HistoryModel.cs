using System.Text.Json;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>
/// A catalog as simple as can be. It carries out the requests one after another in the order in which the feed tells them, and
/// holds what each event and each answer say against what it knows.
/// </summary>
internal sealed class HistoryModel
{
    private readonly Dictionary<string, List<Stored>> _assets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>How many states an asset has had at most.</summary>
    public int LongestLife => _assets.Values.Max(states => states.Count);

    /// <summary>Carries out the request of one save; the events are all that the save led to.</summary>
    public void Apply(HistoryAnswer answer, IReadOnlyList<JsonElement> events)
    {
        var operation = answer.Operation;
        var said = events.Single(told => Entity(told).GetProperty("attributes").GetProperty("qualifiedName").GetString() == operation.Target);
        var before = _assets.GetValueOrDefault(operation.Target)?[^1];
        var after = operation.After(before?.State);
        (operation.ExpectedVersion is null || operation.ExpectedVersion == (before?.Version ?? 0)).ShouldBeTrue($"{answer}: saved although the version was {before?.Version}");
        Message(said).GetProperty("operationType").GetString().ShouldBe(
            before is null ? "ENTITY_CREATE" : operation.Kind == HistoryKind.Archive ? "ENTITY_DELETE" : "ENTITY_UPDATE", answer.ToString());
        operation.ChangesNothing(before?.State).ShouldBeFalse($"{answer}: an event of what is no change");
        ShouldTell(answer, said, before?.State, after);
        var receipt = answer.OwnReceipt.ShouldNotBeNull(answer.ToString());
        receipt.GetProperty("version").GetInt64().ShouldBe((before?.Version ?? 0) + 1, answer.ToString());
        receipt.GetProperty("events")[0].GetProperty("sequence").GetInt64().ShouldBe(Sequence(said), answer.ToString());
        _names[Entity(said).GetProperty("guid").GetString()!] = operation.Target;
        Store(operation.Target, said, after);
        foreach (var related in events.Where(told => Sequence(told) != Sequence(said)))
        {
            var name = _names[Entity(related).GetProperty("guid").GetString()!];
            Store(name, related, _assets[name][^1].State);
        }
    }

    /// <summary>
    /// An answer that led to no event must be true of some moment while its request was under way: between what had been
    /// acknowledged before it was sent, and what was begun after it was answered.
    /// </summary>
    public void Explain(HistoryAnswer answer, long acknowledged, long begunLater)
    {
        var then = StatesBetween(answer.Operation.Target, acknowledged, begunLater).ToList();
        var said = answer.Reply.Status switch
        {
            404 => answer.Operation.Kind != HistoryKind.Save && then.Exists(stored => stored is null || stored.State.Status == "DELETED"),
            412 => then.Exists(stored => (stored?.Version ?? 0) != answer.Operation.ExpectedVersion),
            200 when answer.Operation.Kind == HistoryKind.Read => then.Exists(stored => stored is not null && IsRead(answer, stored)),
            200 => then.Exists(stored => stored is not null && IsUnchanged(answer, stored)),
            _ => false,
        };
        said.ShouldBeTrue($"{answer}: not true of any of {string.Join("; ", then)} between {acknowledged} and {begunLater}");
    }

    private static JsonElement Message(JsonElement told) => told.GetProperty("envelope").GetProperty("message");

    private static JsonElement Entity(JsonElement told) => Message(told).GetProperty("entity");

    private static long Sequence(JsonElement told) => told.GetProperty("seq").GetInt64();

    /// <summary>The event says what the model expects: exactly the attributes that differ, before and after, and the table.</summary>
    private void ShouldTell(HistoryAnswer answer, JsonElement told, HistoryState? before, HistoryState after)
    {
        if (answer.Operation.Kind == HistoryKind.Archive)
        {
            return;
        }

        var changed = after.Attributes.Where(now => before?.Attributes.GetValueOrDefault(now.Key) != now.Value).ToList();
        Known(Message(told).GetProperty("mutatedDetails")).ShouldBe(changed.Select(now => $"{now.Key} {now.Value}"), answer.ToString());
        if (before is null)
        {
            return;
        }

        Known(Message(told).GetProperty("previousDetails"))
            .ShouldBe(changed.Where(now => before.Attributes.ContainsKey(now.Key)).Select(now => $"{now.Key} {before.Attributes[now.Key]}"), answer.ToString());
        Ends(told, "addedRelationshipAttributes").ShouldBe(after.Table == before.Table ? [] : [after.Table!], answer.ToString());
        Ends(told, "removedRelationshipAttributes").ShouldBe(after.Table == before.Table || before.Table is null ? [] : [before.Table], answer.ToString());
    }

    private static List<string> Known(JsonElement details) =>
    [
        .. details.GetProperty("attributes").EnumerateObject()
            .Where(attribute => attribute.Name is "name" or "description" && attribute.Value.ValueKind == JsonValueKind.String)
            .Select(attribute => $"{attribute.Name} {attribute.Value.GetString()}").Order(StringComparer.Ordinal),
    ];

    private List<string> Ends(JsonElement told, string member) =>
        Message(told).GetProperty("mutatedDetails").TryGetProperty(member, out var ends) && ends.TryGetProperty("table", out var table)
            ? [.. ToldEvent.GuidsIn(table).Select(guid => _names[guid])]
            : [];

    private void Store(string name, JsonElement told, HistoryState state)
    {
        if (!_assets.TryGetValue(name, out var states))
        {
            _assets[name] = states = [];
        }

        var version = Message(told).GetProperty("assetVersion").GetInt64();
        version.ShouldBe(states.Count + 1, $"versions of {name}");
        states.Add(new Stored(Sequence(told), version, state));
    }

    /// <summary>The states that an asset had from one position of the log to another; null while it did not exist.</summary>
    private IEnumerable<Stored?> StatesBetween(string name, long from, long until)
    {
        var states = _assets.GetValueOrDefault(name) ?? [];
        if (states.Count == 0 || states[0].Sequence > from)
        {
            yield return null;
        }

        for (var i = 0; i < states.Count; i++)
        {
            if (states[i].Sequence < until && (i + 1 == states.Count || states[i + 1].Sequence > from))
            {
                yield return states[i];
            }
        }
    }

    private static bool IsRead(HistoryAnswer answer, Stored stored)
    {
        var entity = answer.Reply.Body.GetProperty("entity");
        return entity.GetProperty("version").GetInt64() == stored.Version
            && entity.GetProperty("status").GetString() == stored.State.Status
            && Known(entity).SequenceEqual(stored.State.Attributes.Select(now => $"{now.Key} {now.Value}").Order(StringComparer.Ordinal));
    }

    private static bool IsUnchanged(HistoryAnswer answer, Stored stored) =>
        answer.Operation.ChangesNothing(stored.State)
        && (answer.OwnReceipt is not { } receipt || receipt.GetProperty("version").GetInt64() == stored.Version)
        && (answer.Operation.ExpectedVersion is not { } expected || expected == stored.Version);

    /// <summary>A state, the event that led to it, and its version.</summary>
    private sealed record Stored(long Sequence, long Version, HistoryState State);
}
