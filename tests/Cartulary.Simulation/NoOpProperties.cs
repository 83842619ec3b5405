using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>A save that says nothing new writes nothing and tells nothing, whatever the type and the spelling.</summary>
public sealed class NoOpProperties(StageFixture fixture) : IClassFixture<StageFixture>
{
    private const int RunsPerType = 10;
    private const int RestatementsPerRun = 4;
    private readonly Stage _stage = fixture.Stage;

    public static TheoryData<string> TypeNames { get; } =
        [.. EverythingModel.Registry().Entities.Where(type => type.Is("Referenceable")).Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(TypeNames))]
    public Task Saying_again_what_is_stored_changes_nothing(string typeName)
    {
        var type = _stage.Registry.FindEntity(typeName)!;
        return Gen.UInt.Array[100, 4_000].SampleAsync(rolls => RunAsync(type, new Dice(rolls)), iter: RunsPerType, threads: 1, print: Rolls.Print);
    }

    private async Task RunAsync(EntityType type, Dice dice)
    {
        var payload = new Payload(_stage, dice);
        var spec = RandomSpec.Of(type, _stage.NewName(), _stage, dice, withCompanions: true);
        var created = (SaveOutcome.Committed)await _stage.Catalog.SaveAsync($"{{\"entities\":[{payload.Creation(spec)}]}}");
        var guid = created.Summary.GuidAssignments[0].Value;
        var qualifiedName = (await _stage.LoadAsync(guid)).Text(type.Attribute("qualifiedName"))!;
        await SendBackAsync(spec, guid, qualifiedName);
        for (var count = 0; count < RestatementsPerRun; count++)
        {
            await RestateAsync(spec, payload, guid, qualifiedName, dice);
        }
    }

    /// <summary>Everything that is stored, what the server alone decides included, comes back as it was read.</summary>
    private async Task SendBackAsync(AssetSpec spec, Guid guid, string qualifiedName)
    {
        var view = await _stage.Catalog.GetAsync(guid);
        var attributes = string.Join(",", Observed.From(view).Attributes.Select(attribute => $"\"{attribute.Key}\":{attribute.Value}"));
        var owners = view.Ends.Where(end => end.End.IsMandatory).Select(end => $",\"{end.End.Name}\":{{\"guid\":\"{end.Edges[0].Other.Guid}\"}}");
        var before = _stage.Catalog.Store.Head;

        var outcome = await _stage.Catalog.SaveAsync($"{{\"entities\":[{{\"typeName\":\"{spec.Type.Name}\",\"guid\":\"{guid}\",\"attributes\":{{{attributes}{string.Concat(owners)}}}}}]}}");

        outcome.ShouldBeOfType<SaveOutcome.Unchanged>(qualifiedName);
        _stage.Catalog.Store.Head.ShouldBe(before);
    }

    private async Task RestateAsync(AssetSpec spec, Payload payload, Guid guid, string qualifiedName, Dice dice)
    {
        var before = _stage.Catalog.Store.Head;
        var version = (await _stage.LoadAsync(guid)).Version;
        var named = spec.Name == qualifiedName && dice.Flip() ? dice.Pick([null, "\"-9\"", "\"\"", "null"]) : $"\"{guid}\"";
        var (body, outcome) = await SaveAsync(spec, payload, guid, qualifiedName, named, dice);

        if (outcome is SaveOutcome.Rejected rejected)
        {
            Assert.Fail($"{TestCatalog.Show(rejected)}\n{body}");
        }

        var told = outcome is SaveOutcome.Unchanged ? "" : string.Join('\n', await _stage.Catalog.EventsAsync(before.Sequence));
        outcome.ShouldBeOfType<SaveOutcome.Unchanged>($"{body}\n{told}");
        _stage.Catalog.Store.Head.ShouldBe(before, body);
        (await _stage.LoadAsync(guid)).Version.ShouldBe(version);
        if (body.StartsWith("{\"entities\"", StringComparison.Ordinal) && named is "\"-9\"")
        {
            ((SaveOutcome.Unchanged)outcome).Summary.GuidAssignments.ShouldContain(KeyValuePair.Create("-9", guid));
        }
    }

    private async Task<(string Body, SaveOutcome Outcome)> SaveAsync(
        AssetSpec spec, Payload payload, Guid guid, string qualifiedName, string? named, Dice dice)
    {
        string body;
        switch (dice.Below(5))
        {
            case 0:
                body = $"{{\"entity\":{payload.Restatement(spec, named, isPartial: false)}}}";
                return (body, await _stage.Catalog.TrySaveOneAsync(body));
            case 1:
                body = $"{{\"entity\":{payload.Restatement(spec, dice.Pick([null, named]), isPartial: true)}}}";
                return (body, await _stage.Catalog.TryUpdateAsync(new AssetSelector.ByGuid(guid), body));
            case 2:
                body = $"{{\"entity\":{payload.Restatement(spec, null, isPartial: true)}}}";
                return (body, await _stage.Catalog.TryUpdateAsync(new AssetSelector.ByUniqueAttribute(spec.Type.Name, "qualifiedName", qualifiedName), body));
            case 3:
                body = $"{{\"entities\":[{payload.Restatement(spec, named, isPartial: false)},{payload.Restatement(spec, named, isPartial: false)}]}}";
                return (body, await _stage.Catalog.TrySaveAsync(body));
            default:
                body = $"{{\"referredEntities\":{dice.Pick(["null", "{}"])},\"entities\":[{payload.Restatement(spec, named, isPartial: false)}]}}";
                return (body, await _stage.Catalog.TrySaveAsync(body));
        }
    }
}
