using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.ShortCut;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>
/// Some assets of the kinds that saves fight over, each known by a short name, and the saves. Every troupe is created alike,
/// so that what two of them went through can be compared.
/// </summary>
internal sealed partial class Troupe
{
    private const string Cast =
        """
        {"entities":[
        {"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"~t1","name":"~t1"}},
        {"typeName":"Table","guid":"-2","attributes":{"qualifiedName":"~t2","name":"~t2"}},
        {"typeName":"Table","guid":"-3","attributes":{"qualifiedName":"~t3","name":"~t3"}},
        {"typeName":"Column","guid":"-4","attributes":{"qualifiedName":"~c1","name":"~c1","table":{"guid":"-1"}}},
        {"typeName":"Column","guid":"-5","attributes":{"qualifiedName":"~c2","name":"~c2","table":{"guid":"-1"}}},
        {"typeName":"Column","guid":"-6","attributes":{"qualifiedName":"~c3","name":"~c3","table":{"guid":"-3"}}},
        {"typeName":"AtlasGlossary","guid":"-7","attributes":{"name":"~g1"}},
        {"typeName":"AtlasGlossary","guid":"-8","attributes":{"name":"~g2"}},
        {"typeName":"AtlasGlossaryTerm","guid":"-9","attributes":{"name":"~m1","anchor":{"guid":"-7"}}},
        {"typeName":"AtlasGlossaryTerm","guid":"-10","attributes":{"name":"~m2","anchor":{"guid":"-7"}}},
        {"typeName":"AtlasGlossaryTerm","guid":"-11","attributes":{"name":"~m3","anchor":{"guid":"-7"}}},
        {"typeName":"Process","guid":"-12","attributes":{"qualifiedName":"~p1","name":"~p1","inputs":[{"guid":"-1"}],"outputs":[{"guid":"-2"}]}},
        {"typeName":"Process","guid":"-13","attributes":{"qualifiedName":"~p2","name":"~p2","inputs":[{"guid":"-1"}],"outputs":[{"guid":"-2"}]}},
        {"typeName":"Process","guid":"-14","attributes":{"qualifiedName":"~p3","name":"~p3","inputs":[{"guid":"-2"}]}},
        {"typeName":"Process","guid":"-15","attributes":{"qualifiedName":"~p4","name":"~p4","inputs":[{"guid":"-1"}],"outputs":[{"guid":"-2"}]}},
        {"typeName":"Readme","guid":"-16","attributes":{"qualifiedName":"~r1","name":"~r1","asset":{"guid":"-1"}}},
        {"typeName":"Readme","guid":"-17","attributes":{"qualifiedName":"~r2","name":"~r2"}}
        ]}
        """;

    private static readonly string[] Names =
        ["t1", "t2", "t3", "c1", "c2", "c3", "g1", "g2", "m1", "m2", "m3", "p1", "p2", "p3", "p4", "r1", "r2"];

    private static int _count;
    private static int _guidsMade;
    private readonly TestCatalog _catalog;
    private readonly Saver _saver;
    private readonly ShortCutSaver? _shortCut;
    private readonly string _prefix;
    private readonly Dictionary<string, Guid> _guids = [];
    private readonly List<string> _answers = [];
    private CatalogHead _before = null!;
    private AssetId _lastBefore;

    private Troupe(TestCatalog catalog, bool withShortCut)
    {
        _catalog = catalog;
        _prefix = $"run{Interlocked.Increment(ref _count)}_";
        Store = new InterleavedStore(catalog.Store);
        _saver = new Saver(Store, catalog.Types, new Ids(_prefix), new SaveLimits());
        _shortCut = withShortCut ? ShortCuts.Before(_saver, Store, catalog.Types) : null;
    }

    /// <summary>
    /// The saves: a body each, to create or to update, or names of assets to archive. A tilde stands for the troupe's own prefix of names, a
    /// name in angle brackets for a guid.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> Saves { get; } = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
    {
        ["describe table"] = Of("Table", "t1", """ "description":"d" """),
        ["describe column"] = Of("Column", "c1", """ "description":"d" """),
        ["describe term"] = Of("AtlasGlossaryTerm", "m1", """ "description":"d" """),
        ["describe process"] = Of("Process", "p1", """ "description":"d" """),
        ["certify table"] = Of("Table", "t1", """ "certificateStatus":"VERIFIED" """),
        ["call table otherwise"] = Of("Table", "t1", """ "name":"~n" """),
        ["rename table"] = Of("Table", "t1", """ "qualifiedName":"~x" """),
        ["rename another table"] = Of("Table", "t2", """ "qualifiedName":"~x" """),
        ["rename column"] = Of("Column", "c1", """ "qualifiedName":"~x" """),
        ["create table of that name"] = New("Table", """ "qualifiedName":"~x","name":"~x" """),
        ["create view of that name"] = New("View", """ "qualifiedName":"~t1","name":"~x" """),
        ["save by supertype"] = New("SQL", """ "qualifiedName":"~t1","name":"~t1","description":"by supertype" """),
        ["create column"] = New("Column", """ "qualifiedName":"~c9","name":"~c9","table":{"guid":"<t1>"} """),
        ["create column by name"] = New("Column", """ "qualifiedName":"~c9","name":"~c9","table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"~t1"}} """),
        ["create column in archived table"] = New("Column", """ "qualifiedName":"~c9","name":"~c9","table":{"guid":"<t3>"} """),
        ["move column"] = Of("Column", "c1", """ "table":{"guid":"<t2>"} """),
        ["move column to archived table"] = Of("Column", "c1", """ "table":{"guid":"<t3>"} """),
        ["take column"] = Linked("Table", "t2", "appendRelationshipAttributes", """ "columns":[{"guid":"<c1>"}] """),
        ["drop column"] = Linked("Table", "t1", "removeRelationshipAttributes", """ "columns":[{"guid":"<c1>"}] """),
        ["replace columns"] = Of("Table", "t1", """ "columns":[{"guid":"<c2>"}] """),
        ["clear columns"] = Of("Table", "t1", """ "columns":[] """),
        ["archive table"] = "t1",
        ["archive another table"] = "t2",
        ["archive column"] = "c1",
        ["archive table and an archived one"] = "t2,t3",
        ["restore table"] = Restored("Table", "t3"),
        ["restore column"] = Restored("Column", "c3"),
        ["restore term"] = Restored("AtlasGlossaryTerm", "m3"),
        ["create term of archived name"] = New("AtlasGlossaryTerm", """ "name":"~m3","anchor":{"guid":"<g1>"} """),
        ["create term"] = New("AtlasGlossaryTerm", """ "name":"~n","anchor":{"guid":"<g1>"} """),
        ["create term elsewhere"] = New("AtlasGlossaryTerm", """ "name":"~m1","anchor":{"guid":"<g2>"} """),
        ["rename term"] = Of("AtlasGlossaryTerm", "m1", """ "name":"~n" """),
        ["rename another term"] = Of("AtlasGlossaryTerm", "m2", """ "name":"~n" """),
        ["move term"] = Of("AtlasGlossaryTerm", "m1", """ "anchor":{"guid":"<g2>"} """),
        ["take term"] = Linked("AtlasGlossary", "g2", "appendRelationshipAttributes", """ "terms":[{"guid":"<m1>"}] """),
        ["archive glossary"] = "g1",
        ["archive another glossary"] = "g2",
        ["archive term"] = "m1",
        ["create glossary"] = New("AtlasGlossary", """ "name":"~gx" """),
        ["rename glossary"] = Of("AtlasGlossary", "g1", """ "name":"~gx" """),
        ["assign term"] = Linked("Table", "t1", "appendRelationshipAttributes", """ "meanings":[{"guid":"<m1>"}] """),
        ["assign table"] = Linked("AtlasGlossaryTerm", "m1", "appendRelationshipAttributes", """ "assignedEntities":[{"guid":"<t1>"}] """),
        ["assign terms"] = Of("Table", "t1", """ "meanings":[{"guid":"<m1>"},{"guid":"<m2>"}] """),
        ["assign archived term"] = Linked("Table", "t1", "appendRelationshipAttributes", """ "meanings":[{"guid":"<m3>"}] """),
        ["clear terms"] = Of("Table", "t1", """ "meanings":[] """),
        ["name synonym"] = Of("AtlasGlossaryTerm", "m1", """ "synonyms":[{"guid":"<m2>"}] """),
        ["name synonym from the other side"] = Of("AtlasGlossaryTerm", "m2", """ "synonyms":[{"guid":"<m1>"}] """),
        ["append synonym"] = Linked("AtlasGlossaryTerm", "m2", "appendRelationshipAttributes", """ "synonyms":[{"guid":"<m1>"}] """),
        ["clear outputs"] = Of("Process", "p1", """ "outputs":[] """),
        ["clear other outputs"] = Of("Process", "p2", """ "outputs":[] """),
        ["add outputs"] = Of("Process", "p3", """ "outputs":[{"guid":"<t3>"},{"guid":"<t1>"}] """),
        ["add archived outputs"] = Of("Process", "p3", """ "outputs":[{"guid":"<t3>"}] """),
        ["archive process"] = "p1",
        ["archive both processes"] = "p1,p2",
        ["restore process"] = Restored("Process", "p4"),
        ["drop inputs of archived process"] = Of("Process", "p4", """ "inputs":[] """),
        ["drop input of archived process"] = Linked("Process", "p4", "removeRelationshipAttributes", """ "inputs":[{"guid":"<t1>"}] """),
        ["create process"] = New("Process", """ "qualifiedName":"~p9","name":"~p9","inputs":[{"guid":"<t1>"}],"outputs":[{"guid":"<c1>"}] """),
        ["set readme"] = Of("Table", "t1", """ "readme":{"guid":"<r2>"} """),
        ["set readme from its side"] = Of("Readme", "r2", """ "asset":{"guid":"<t1>"} """),
        ["give readme away"] = Of("Readme", "r1", """ "asset":{"guid":"<t2>"} """),
        ["archive readme"] = "r1",
    });

    public InterleavedStore Store { get; }

    public static async Task<Troupe> CreateAsync(TestCatalog catalog, bool withShortCut = false)
    {
        var troupe = new Troupe(catalog, withShortCut);
        var last = catalog.Store.Head.Sequence == 0 ? default : await LastAssetAsync(catalog);
        var created = (SaveOutcome.Committed)await troupe._saver.SaveAsync(troupe.RequestOf(Cast), PlanBuilder.Saver("tester"), TestContext.Current.CancellationToken);
        for (var i = 0; i < Names.Length; i++)
        {
            troupe._guids[Names[i]] = created.Summary.GuidAssignments.Single(pair => pair.Key == $"-{i + 1}").Value;
        }

        await catalog.DeleteAsync([.. new[] { "t3", "c3", "m3", "p4" }.Select(name => troupe._guids[name])]);
        troupe._lastBefore = last;
        troupe._before = catalog.Store.Head;
        return troupe;
    }

    public async Task SaveAsync(string name)
    {
        var outcome = await _saver.SaveAsync(RequestOf(Saves[name]), PlanBuilder.Saver("tester"), TestContext.Current.CancellationToken);
        _answers.Add(outcome switch
        {
            SaveOutcome.Committed done => $"{name}: {string.Join(',', done.Summary.Mutations.Select(item => $"{item.Kind} {item.Guid} {item.IsRelated} {item.Status} {NamesIn(item.State)}"))}",
            SaveOutcome.Unchanged => $"{name}: unchanged",
            _ => $"{name}: {TestCatalog.Show((SaveOutcome.Rejected)outcome)}",
        });
    }

    /// <summary>What the answer shows of a neighbour.</summary>
    private string NamesIn(AssetState state) =>
        string.Join(' ', state.Attributes.Where(pair => _catalog.Types.Newest.Attribute(pair.AttributeId).Name is "name" or "qualifiedName").Select(pair => pair.Value.AsText()));

    /// <summary>Sends a bulk body, by the short cut if the troupe has one; tells how many of its members were known.</summary>
    public async Task<int> SendAsync(string json)
    {
        var (outcome, known) = await ShortCuts.SaveAsync(_saver, _shortCut, _catalog.Types, Fill(json), PlanBuilder.Saver("tester"));
        _answers.Add($"{_answers.Count}: {ShortCuts.Show(outcome)}");
        return known;
    }

    /// <summary>All states, edges, events and answers, with what differs from troupe to troupe made alike.</summary>
    public async Task<string> DescribeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var session = await _catalog.Store.ReadAsync(cancel);
        var assets = await session.ScanAsync(_lastBefore, 100, cancel);
        var edges = await session.EdgesOfAsync([.. assets.Select(asset => asset.Id)], cancel);
        var text = new StringBuilder();
        foreach (var asset in assets)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{asset.Guid} {asset.Status} {asset.Version} {StateJson.Attributes(asset.State, _catalog.Types.Newest)}");
        }

        foreach (var edge in edges.OrderBy(edge => edge.RelationshipId).ThenBy(edge => edge.End1.Id.Value).ThenBy(edge => edge.End2.Id.Value))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{_catalog.Types.Newest.Relationship(edge.RelationshipId)} {edge.End1.Guid} {edge.End2.Guid} {edge.IsLive}");
        }

        foreach (var told in await _catalog.EventsAsync(_before.Sequence))
        {
            text.AppendLine(told.GetRawText());
        }

        text.AppendJoin('\n', _answers.Order(StringComparer.Ordinal));
        return MakeAlike(text.ToString(), assets);
    }

    private static async Task<AssetId> LastAssetAsync(TestCatalog catalog)
    {
        await using var session = await catalog.Store.ReadAsync(TestContext.Current.CancellationToken);
        var last = default(AssetId);
        while (await session.ScanAsync(last, 10_000, TestContext.Current.CancellationToken) is { IsEmpty: false } page)
        {
            last = page[^1].Id;
        }

        return last;
    }

    private SaveRequest RequestOf(string save)
    {
        if (!save.StartsWith('{'))
        {
            return SaveRequest.Delete([.. save.Split(',').Select(name => new AssetSelector.ByGuid(_guids[name]))]);
        }

        var body = Encoding.UTF8.GetBytes(Fill(save));
        var read = Placeholder().Match(save) is { Success: true } target && save.StartsWith("{\"entity\"", StringComparison.Ordinal)
            ? SaveRequestReader.ReadPartial(body, new AssetSelector.ByGuid(_guids[target.Groups[1].Value]), _catalog.Types.Newest, new SaveLimits())
            : SaveRequestReader.ReadBulk(body, _catalog.Types.Newest, new SaveLimits());
        return ((ReadOutcome.Understood)read).Request;
    }

    private string Fill(string json) =>
        Placeholder().Replace(json, match => _guids[match.Groups[1].Value].ToString("D")).Replace("~", _prefix, StringComparison.Ordinal);

    private string MakeAlike(string text, ImmutableArray<StoredAsset> assets)
    {
        var alike = new StringBuilder(text);
        for (var i = 0; i < assets.Length; i++)
        {
            alike.Replace(assets[i].Guid.ToString("D"), $"#{i}");
        }

        alike.Replace(_prefix, "~");
        var relative = Sequence().Replace(alike.ToString(), match => $"\"sequence\":{long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) - _before.Sequence}");
        return MadeName().Replace(SaveId().Replace(relative, ""), "made");
    }

    private static string Of(string type, string name, string attributes) =>
        $$"""{"entity":{"typeName":"{{type}}","guid":"<{{name}}>","attributes":{ {{attributes}} } } }""";

    private static string New(string type, string attributes) =>
        $$"""{"entities":[{"typeName":"{{type}}","guid":"-1","attributes":{ {{attributes}} } }]}""";

    private static string Restored(string type, string name) =>
        $$"""{"entity":{"typeName":"{{type}}","guid":"<{{name}}>","status":"ACTIVE","attributes":{} } }""";

    private static string Linked(string type, string name, string member, string relationships) =>
        $$"""{"entity":{"typeName":"{{type}}","guid":"<{{name}}>","attributes":{},"{{member}}":{ {{relationships}} } } }""";

    [GeneratedRegex("<([a-z0-9]+)>")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"sequence\":([0-9]+)")]
    private static partial Regex Sequence();

    [GeneratedRegex("\"saveId\":\"[^\"]*\",?")]
    private static partial Regex SaveId();

    [GeneratedRegex("[0-9a-f]{21}|made[0-9]+|0\\|[0-9a-z]{6}:[0-9a-z]*")]
    private static partial Regex MadeName();

    private sealed class Ids(string prefix) : IIdSource
    {
        private int _made;

        /// <summary>Strictly ascending, so that what is told in the order of guids stands alike in every troupe.</summary>
        public Guid NewGuid() => new(Interlocked.Increment(ref _guidsMade), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

        public string NewName() => $"{prefix}made{++_made}";
    }
}
