using System.Text.Json;

namespace Cartulary.Scenarios.Driving;

/// <summary>What came of a request: its answer, and the events that it led to.</summary>
public sealed class Outcome(HttpReply reply, IReadOnlyList<ToldEvent> events)
{
    public int Status => reply.Status;

    public JsonElement Body => reply.Body;

    public IReadOnlyList<ToldEvent> Events { get; } = events;

    /// <summary>The receipts of the answer, in its order.</summary>
    public List<JsonElement> Receipts => [.. Body.GetProperty("receipts").EnumerateArray()];

    /// <summary>The verdicts of the receipts with the last part of each qualified name, in their order.</summary>
    public List<string> Verdicts => [.. Receipts.Select(receipt => $"{receipt.GetProperty("verdict").GetString()} {receipt.GetProperty("qualifiedName").GetString()!.Split('/')[^1]}")];

    /// <summary>A header of the answer; null when it has none.</summary>
    public string? Header(string name) => reply.Headers.GetValueOrDefault(name);

    /// <summary>The answer's guid for a guid of the request.</summary>
    public string GuidOf(string requestGuid) => Body.GetProperty("guidAssignments").GetProperty(requestGuid).GetString()!;

    /// <summary>The guids that the answer lists as created, updated, partially updated or deleted.</summary>
    public List<string> Mutated(string list) =>
        Body.TryGetProperty("mutatedEntities", out var mutated) && mutated.TryGetProperty(list, out var assets)
            ? [.. assets.EnumerateArray().Select(asset => asset.GetProperty("guid").GetString()!)]
            : [];

    /// <summary>The one event of that line.</summary>
    public ToldEvent Event(string line) => Events.Where(told => told.Line == line).ShouldHaveSingleItem();

    /// <summary>Exactly these events, in any order.</summary>
    public Outcome ShouldTell(params string[] lines)
    {
        ShouldSucceed();
        Events.Select(told => told.Line).ShouldBe(lines, ignoreOrder: true);
        return this;
    }

    /// <summary>Exactly these events, in this order.</summary>
    public Outcome ShouldTellInOrder(params string[] lines)
    {
        ShouldSucceed();
        Events.Select(told => told.Line).ShouldBe(lines);
        return this;
    }

    /// <summary>Nothing changed: no event, no list of changed assets, and yet the guids.</summary>
    public Outcome ShouldChangeNothing()
    {
        ShouldTell();
        Body.TryGetProperty("mutatedEntities", out _).ShouldBeFalse(Body.GetRawText());
        Body.GetProperty("guidAssignments").ValueKind.ShouldBe(JsonValueKind.Object);
        return this;
    }

    /// <summary>Refused with a code, and nothing told.</summary>
    public Outcome ShouldBeRefused(int status, string code, params string[] inMessage)
    {
        Status.ShouldBe(status, Body.GetRawText());
        Body.GetProperty("errorCode").GetString().ShouldBe(code, Body.GetRawText());
        foreach (var part in inMessage)
        {
            Body.GetProperty("errorMessage").GetString()!.ShouldContain(part);
        }

        Events.ShouldBeEmpty();
        return this;
    }

    public Outcome ShouldSucceed()
    {
        if (Status != 204)
        {
            reply.Success();
        }

        return this;
    }
}
