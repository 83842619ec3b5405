using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Tests.Save.Normalize;
using Cartulary.Testing;

namespace Cartulary.Core.Tests.Events;

public sealed class EnvelopeWriterTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void A_creation_tells_the_whole_state()
    {
        var state = LogFixture.State(("qualifiedName", "\"db/t/c\""), ("name", "\"c \\\"é\\\" 😀\""), ("order", "3"), ("isNullable", "false"), ("dataType", "\"int\""));
        var body = new EventBody { Added = [LogFixture.Delta("table", 1), LogFixture.Delta("meanings", 2, LogFixture.Edge(90))] };

        Approve(LogFixture.Event(EventKind.EntityCreate, AssetStatus.Active, body), [], 1, state, "create.json");
    }

    [Fact]
    public void An_update_tells_what_changed_and_what_it_was_before()
    {
        var state = LogFixture.State(("qualifiedName", "\"db/t/c\""), ("name", "\"c\""), ("certificateStatus", "\"VERIFIED\""));
        var meanings = LogFixture.Column.EndsNamed("meanings")[0];
        var custom = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        var body = new EventBody
        {
            Attributes =
            [
                .. new[]
                {
                    new AttributeChange(LogFixture.Id("description"), LogFixture.Value("description", "\"old\""), null),
                    new AttributeChange(LogFixture.Id("certificateStatus"), LogFixture.Value("certificateStatus", "\"DRAFT\""), LogFixture.Value("certificateStatus", "\"VERIFIED\"")),
                    new AttributeChange(LogFixture.Id("ownerUsers"), null, LogFixture.Value("ownerUsers", "[\"b\",\"a\"]")),
                }.OrderBy(change => change.AttributeId),
            ],
            Labels = new([], ["gold"]),
            CustomAttributes = new(custom.Add("k", "u").Add("l", "w"), custom.Add("k", "v")),
            Status = new(AssetStatus.Deleted, AssetStatus.Active),
            Added = [LogFixture.Delta("table", 1), LogFixture.Delta("meanings", 2, LogFixture.Edge(90))],
            Removed = [LogFixture.Delta("table", 3)],
            Changed = [new EdgeAttributesChange(meanings.Relationship.Id, meanings.Side, 4, LogFixture.Edge(10), LogFixture.Edge(20))],
            Cause = new EventCause(0, meanings.Relationship.Id),
        };
        EndList list = new(meanings.Relationship.Id, meanings.Side, [Logged(2), Logged(4)]);

        Approve(LogFixture.Event(EventKind.EntityUpdate, AssetStatus.Active, body), [list], 4, state, "update.json");
    }

    [Fact]
    public void An_archiving_tells_the_status_and_the_edges_that_ended()
    {
        var state = LogFixture.State(("qualifiedName", "\"db/t/c\""), ("name", "\"c\""));
        var body = new EventBody { Status = new(AssetStatus.Active, AssetStatus.Deleted), Removed = [LogFixture.Delta("table", 1)] };

        Approve(LogFixture.Event(EventKind.EntityDelete, AssetStatus.Deleted, body), [], 5, state, "delete.json");
    }

    [Fact]
    public void A_creation_tells_its_tags_and_custom_metadata_too() => Approve(
        LogFixture.Event(EventKind.EntityCreate, AssetStatus.Active, EventBody.Empty), [], 1, WithFacets([Own, PassedOn], ("of_int", "7"), ("of_string", "\"good\"")), "create-facets.json");

    [Fact]
    public void Added_tags_are_told_as_a_list_of_tags()
    {
        var body = new EventBody { Tags = [new(null, Own), new(null, PassedOn)] };

        Approve(LogFixture.Event(EventKind.ClassificationAdd, AssetStatus.Active, body), [], 2, WithFacets([Own, PassedOn], ("of_int", "7")), "tag-add.json");
    }

    [Fact]
    public void Changed_tags_are_told_as_they_are_and_as_they_were()
    {
        var body = new EventBody { Tags = [new(Own with { Propagate = false, Attributes = [] }, Own)] };

        Approve(LogFixture.Event(EventKind.ClassificationUpdate, AssetStatus.Active, body), [], 3, WithFacets([Own]), "tag-update.json");
    }

    [Fact]
    public void Removed_tags_are_told_as_they_were()
    {
        var body = new EventBody { Tags = [new(Own, null)] };

        Approve(LogFixture.Event(EventKind.ClassificationDelete, AssetStatus.Active, body), [], 4, WithFacets([]), "tag-delete.json");
    }

    [Fact]
    public void Custom_metadata_is_told_by_set_and_attribute_with_null_for_none()
    {
        var body = new EventBody
        {
            CustomMetadata = [.. new[] { Metadata("of_int", "7", null), Metadata("of_string", null, "\"good\"") }.OrderBy(change => change.AttributeId)],
        };

        Approve(LogFixture.Event(EventKind.BusinessAttributeUpdate, AssetStatus.Active, body), [], 5, WithFacets([Own], ("of_string", "\"good\"")), "custom-metadata.json");
    }

    [Fact]
    public void An_archiving_tells_the_tags_and_the_custom_metadata_that_the_asset_had()
    {
        var body = new EventBody { Status = new(AssetStatus.Active, AssetStatus.Deleted) };
        var lost = LogFixture.Event(EventKind.ClassificationDelete, AssetStatus.Deleted, new EventBody { Tags = [new(PassedOn, null)] });
        var archived = LogFixture.Event(EventKind.EntityDelete, AssetStatus.Deleted, body);
        var numbers = new EventNumbers(new AssetId(1), 6, 9);

        var commit = LogFixture.Commit([lost, archived], [numbers, numbers], [[], []]);

        Approve(commit, WithFacets([Own], ("of_int", "7")), "delete-facets.json");
    }

    private static AssetTag Own { get; } = new(Values.Registry.FindClassification("Secret")!.Id, LogFixture.Subjects[0].Guid)
    {
        Propagate = true,
        RemovePropagationsOnEntityDelete = true,
        Attributes = [new(Values.Registry.FindClassification("Secret")!.Attribute("level")!.Id, Values.Read("int", "3")!.Value)],
        ValidityPeriods = [new("2026/01/01 00:00:00", "", "UTC")],
    };

    private static AssetTag PassedOn { get; } = new(Values.Registry.FindClassification("TopSecret")!.Id, LogFixture.Subjects[1].Guid) { Propagate = true };

    private static AssetState WithFacets(ImmutableArray<AssetTag> tags, params (string Name, string Json)[] metadata) => AssetState.Create(
        LogFixture.State(("qualifiedName", "\"db/t/c\""), ("name", "\"c\"")).Attributes,
        [],
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
        tags,
        [.. metadata.Select(value => new AttributeValue(MetadataId(value.Name), MetadataValue(value.Name, value.Json))).OrderBy(value => value.AttributeId)]);

    private static AttributeChange Metadata(string name, string? before, string? after) => new(
        MetadataId(name), before is null ? null : MetadataValue(name, before), after is null ? null : MetadataValue(name, after));

    private static int MetadataId(string name) => Values.Registry.FindBusinessMetadata("Quality")!.Attribute(name)!.Id;

    private static CanonicalValue MetadataValue(string name, string json) => Values.Read(name["of_".Length..], json)!.Value;

    private static LoggedAsset Logged(int subject) =>
        new(LogFixture.Subjects[subject].Guid, LogFixture.Subjects[subject].TypeId, LogFixture.Subjects[subject].QualifiedName);

    /// <summary>The event stands second in its commit, after one of a term that may be its cause.</summary>
    private static void Approve(PlannedEvent planned, ImmutableArray<EndList> lists, long version, AssetState state, string file)
    {
        var term = LogFixture.Event(EventKind.EntityUpdate, AssetStatus.Active, EventBody.Empty, subject: 2);
        Approve(LogFixture.Commit([term, planned], [new EventNumbers(new AssetId(3), 2, 8), new EventNumbers(new AssetId(1), version, 9)], [[], lists]), state, file);
    }

    private static void Approve(LoggedCommit commit, AssetState state, string file)
    {
        var records = CommitLog.Decode(commit);
        var source = new EventToRender(commit, 1, records[1], records, state, new CommitStamp("grace", LogFixture.Time - 1_000), Values.Registry);

        var envelope = EnvelopeWriter.Write(source);

        EnvelopeWriter.Write(source).ShouldBe(envelope);
        ApprovedFile.Match(JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(envelope)), Indented), file);
    }
}
