using System.Collections.Immutable;
using System.Text;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Normalize;
using Cartulary.Core.Tests.Save.Normalize;
using Cartulary.Core.Types;

namespace Cartulary.Core.Tests.Events;

/// <summary>A commit of assets with fixed guids, times and names: a column, two tables and two terms.</summary>
internal static class LogFixture
{
    public const long Time = 1_700_000_000_000;

    private static readonly CommitContext Context = new(
        new Guid("5a7e0000-0000-7000-8000-000000000001"), "ada", "api", "SOFT", ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("x-atlan-agent-id", "tests"));

    public static EntityType Column { get; } = Values.Registry.FindEntity("Column")!;

    public static ImmutableArray<PlanSubject> Subjects { get; } =
    [
        new(new AssetId(1), new Guid("a55e7000-0000-7000-8000-00000000000c"), Column.Id, "db/t/c"),
        new(new AssetId(2), new Guid("a55e7000-0000-7000-8000-00000000000a"), Values.Registry.FindEntity("Table")!.Id, "db/t"),
        new(new AssetId(3), new Guid("a55e7000-0000-7000-8000-000000000007"), Values.Registry.FindEntity("AtlasGlossaryTerm")!.Id, "t@g"),
        new(new AssetId(4), new Guid("a55e7000-0000-7000-8000-0000000000d1"), Values.Registry.FindEntity("Table")!.Id, ""),
        new(new AssetId(5), new Guid("a55e7000-0000-7000-8000-000000000072"), Values.Registry.FindEntity("AtlasGlossaryTerm")!.Id, "t2@g"),
    ];

    /// <summary>A column's state.</summary>
    public static AssetState State(params (string Name, string Json)[] attributes) => AssetState.Create(
        [.. attributes.Select(attribute => new AttributeValue(Id(attribute.Name), Value(attribute.Name, attribute.Json))).OrderBy(attribute => attribute.AttributeId)],
        ["gold"],
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("k", "v"));

    /// <summary>The number of a column's attribute.</summary>
    public static int Id(string name) => Column.Attribute(name)!.Id;

    /// <summary>A value of a column's attribute.</summary>
    public static CanonicalValue Value(string name, string json) =>
        ValueReader.Read(Encoding.UTF8.GetBytes(json), Column.Attribute(name)!.Type, ValueLimits.Unlimited, (_, message) => throw new InvalidOperationException(message))!.Value;

    /// <summary>Attributes of a column's edge to a term.</summary>
    public static AssetState Edge(int confidence)
    {
        var attribute = Column.EndsNamed("meanings")[0].Relationship.Attribute("confidence")!;
        var writer = new CanonicalWriter();
        writer.WriteInteger(confidence);
        return AssetState.Create([new AttributeValue(attribute.Id, writer.ToValue())], [], ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
    }

    /// <summary>An edge of the column at one of its ends.</summary>
    public static EdgeDelta Delta(string end, int other, AssetState? attributes = null)
    {
        var attribute = Column.EndsNamed(end)[0];
        return new EdgeDelta(attribute.Relationship.Id, attribute.Side, other, attributes ?? AssetState.Empty);
    }

    /// <summary>An event of an asset, the column unless another is named, as a commit would write it.</summary>
    public static PlannedEvent Event(EventKind kind, AssetStatus status, EventBody body, int subject = 0)
    {
        var (encoded, patches) = EventBodyCodec.Encode(body, ImmutableHashSet<int>.Empty);
        return new PlannedEvent(subject, kind, status, encoded, patches, []);
    }

    /// <summary>The commit as the log keeps it.</summary>
    public static LoggedCommit Commit(ImmutableArray<PlannedEvent> events, IReadOnlyList<EventNumbers> numbers, IReadOnlyList<ImmutableArray<EndList>> lists) =>
        Commit(events, Subjects, numbers, lists, 41, Context);

    /// <summary>A commit of one asset as the log keeps it.</summary>
    public static LoggedCommit Commit(ImmutableArray<PlannedEvent> events, ImmutableArray<PlanSubject> subjects, EventNumbers numbers, long sequence, CommitContext context) =>
        Commit(events, subjects, [.. events.Select(_ => numbers)], [.. events.Select(_ => ImmutableArray<EndList>.Empty)], sequence, context);

    private static LoggedCommit Commit(
        ImmutableArray<PlannedEvent> events,
        ImmutableArray<PlanSubject> subjects,
        IReadOnlyList<EventNumbers> numbers,
        IReadOnlyList<ImmutableArray<EndList>> lists,
        long sequence,
        CommitContext context)
    {
        var plan = new CommitPlan
        {
            BasedOn = new CommitNumber(0),
            RegistryVersion = 1,
            Reads = [],
            Writes = [],
            QualifiedNameId = 0,
            Context = context,
            Subjects = subjects,
            Inserts = [],
            Updates = [],
            ClosedEdges = [],
            OpenedEdges = [],
            Events = events,
            Summary = new SaveSummary([], []),
        };
        return new LoggedCommit(new CommitNumber(7), sequence, events.Length, Time, context, CommitLog.Encode(plan, Time, numbers, lists));
    }
}
