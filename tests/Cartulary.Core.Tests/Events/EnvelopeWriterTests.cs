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

    private static LoggedAsset Logged(int subject) =>
        new(LogFixture.Subjects[subject].Guid, LogFixture.Subjects[subject].TypeId, LogFixture.Subjects[subject].QualifiedName);

    /// <summary>The event stands second in its commit, after one of a term that may be its cause.</summary>
    private static void Approve(PlannedEvent planned, ImmutableArray<EndList> lists, long version, AssetState state, string file)
    {
        var term = LogFixture.Event(EventKind.EntityUpdate, AssetStatus.Active, EventBody.Empty, subject: 2);
        var commit = LogFixture.Commit([term, planned], [new EventNumbers(new AssetId(3), 2, 8), new EventNumbers(new AssetId(1), version, 9)], [[], lists]);
        var records = CommitLog.Decode(commit);
        var source = new EventToRender(commit, 1, records[1], records, state, new CommitStamp("grace", LogFixture.Time - 1_000), Values.Registry);

        var envelope = EnvelopeWriter.Write(source);

        EnvelopeWriter.Write(source).ShouldBe(envelope);
        ApprovedFile.Match(JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(envelope)), Indented), file);
    }
}
