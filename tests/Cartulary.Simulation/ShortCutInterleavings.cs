using Cartulary.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Simulation;

/// <summary>
/// Members that are known to change nothing, sent again after another save and while another save overtakes them, leave the
/// same states, edges, events and answers as members that are compared in full.
/// </summary>
public sealed class ShortCutInterleavings : IAsyncLifetime
{
    private static readonly string[] Members =
    [
        """{"typeName":"Table","guid":"<t1>","attributes":{"qualifiedName":"~t1","name":"~t1"}}""",
        """{"typeName":"Table","guid":"-2","attributes":{"qualifiedName":"~t2","name":"~t2"}}""",
        """{"typeName":"Table","guid":"<t3>","attributes":{"qualifiedName":"~t3","name":"~t3"}}""",
        """{"typeName":"Column","guid":"-4","attributes":{"qualifiedName":"~c1","name":"~c1","table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"~t1"}}}}""",
        """{"typeName":"Column","guid":"<c2>","attributes":{"qualifiedName":"~c2","name":"~c2","table":{"guid":"<t1>"}}}""",
        """{"typeName":"Column","guid":"-6","attributes":{"qualifiedName":"~c3","name":"~c3","table":{"typeName":"SQL","uniqueAttributes":{"qualifiedName":"~t3"}}}}""",
        """{"typeName":"AtlasGlossaryTerm","guid":"<m1>","status":"ACTIVE","attributes":{"name":"~m1","anchor":{"guid":"<g1>"}}}""",
        """{"typeName":"Process","guid":"-12","attributes":{"qualifiedName":"~p1","name":"~p1","inputs":[{"typeName":"Catalog","uniqueAttributes":{"qualifiedName":"~t1"}}],"outputs":[{"guid":"<t2>"}]}}""",
        """{"typeName":"Process","guid":"<p4>","attributes":{"qualifiedName":"~p4","name":"~p4","inputs":[{"guid":"<t1>"}],"outputs":[{"guid":"<t2>"}]}}""",
        """{"typeName":"Readme","guid":"-16","attributes":{"qualifiedName":"~r1","name":"~r1","asset":{"guid":"<t1>"}}}""",
    ];

    private static readonly string Another =
        """{"typeName":"Column","guid":"-99","attributes":{"qualifiedName":"~c9","name":"~c9","table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"~t2"}}}}""";

    private TestCatalog _catalog = null!;

    public static TheoryData<string> Saves { get; } = [.. Troupe.Saves.Keys];

    public async ValueTask InitializeAsync()
    {
        _catalog = await TestCatalog.CreateAsync(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55)));
        await _catalog.DefineAsync(TagModel.Types);
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Theory]
    [MemberData(nameof(Saves))]
    public async Task Known_members_do_what_compared_ones_do(string other)
    {
        foreach (var isOvertaken in new[] { false, true })
        {
            foreach (var member in Enumerable.Range(-1, Members.Length + 1))
            {
                var withShortCut = await RunAsync(other, member, isOvertaken, withShortCut: true);
                var without = await RunAsync(other, member, isOvertaken, withShortCut: false);
                withShortCut.ShouldBe(without, $"{other}, {(member < 0 ? "all members" : Members[member])}, {(isOvertaken ? "overtaken" : "afterwards")}");
            }
        }
    }

    /// <summary>Makes members known, lets another save happen before or while they are sent again beside a new one, and sends them once more.</summary>
    private async Task<string> RunAsync(string other, int member, bool isOvertaken, bool withShortCut)
    {
        var troupe = await Troupe.CreateAsync(_catalog, withShortCut);
        var members = member < 0 ? Members.Where((_, place) => place is 1 or 3 or 4 or 6 or 8).ToArray() : [Members[member]];
        (await troupe.SendAsync(Body(members))).ShouldBe(0);
        (await troupe.SendAsync(Body(members))).ShouldBe(withShortCut ? members.Length : 0);
        if (isOvertaken)
        {
            troupe.Store.Meanwhile = () => troupe.SaveAsync(other);
        }
        else
        {
            await troupe.SaveAsync(other);
        }

        await troupe.SendAsync(Body([.. members, Another]));
        await troupe.SendAsync(Body([Another, .. members]));
        await troupe.SendAsync(Body(members));
        return await troupe.DescribeAsync();
    }

    private static string Body(IEnumerable<string> members) => $$"""{"entities":[{{string.Join(',', members)}}]}""";
}
