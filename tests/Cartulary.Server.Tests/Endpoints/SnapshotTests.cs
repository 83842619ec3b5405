using System.Text.Json;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class SnapshotTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5_000)]
    public async Task Pages_of_any_size_and_the_events_after_them_give_the_catalog(int limit)
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);
        await host.SaveAsync(Entities.Table, Entities.Column("id"), Entities.Column("name"));
        var first = await host.GetAsync($"/api/events/snapshot?limit={limit}");
        await host.SaveAsync(Entities.Table, Entities.Column("late"));

        var fold = new FeedFold(first["position"].GetInt64());
        var page = first;
        while (true)
        {
            foreach (var asset in page["assets"].EnumerateArray())
            {
                fold.Begin(asset);
            }

            if (!page.Body.TryGetProperty("page", out var next))
            {
                break;
            }

            page = await host.GetAsync($"/api/events/snapshot?limit={limit}&page={next.GetString()}");
            page["position"].GetInt64().ShouldBe(4);
        }

        foreach (var told in (await host.GetAsync($"/api/events?after={fold.Sequence}"))["events"].EnumerateArray())
        {
            fold.Add(told.GetProperty("seq").GetInt64(), told.GetProperty("envelope"));
        }

        var verifier = new Verifier(host.Catalog.Store, host.Catalog.Types, host.Catalog.Feed);
        (await verifier.CompareAsync(fold, 0, TestContext.Current.CancellationToken)).Faults.ShouldBeEmpty();
        fold.Assets.Count.ShouldBe(5);
    }

    [Fact]
    public async Task An_asset_is_shown_as_its_creation_told_it()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Table, Entities.Column("id"));

        var shown = (await host.GetAsync("/api/events/snapshot?typeName=Column"))["assets"].EnumerateArray().ShouldHaveSingleItem();

        var told = (await host.GetAsync("/api/events?typeName=Column"))["events"][0].GetProperty("envelope").GetProperty("message");
        JsonElement.DeepEquals(shown.GetProperty("details"), told.GetProperty("mutatedDetails")).ShouldBeTrue(shown.GetRawText());
        shown.GetProperty("assetVersion").GetInt64().ShouldBe(1);
        shown.GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Theory]
    [InlineData("page=x", 400, "ATLAS-400-00-01A")]
    [InlineData("limit=0", 400, "ATLAS-400-00-01A")]
    [InlineData("typeName=Nothing", 400, "ATLAS-400-00-014")]
    public async Task A_malformed_question_is_refused(string query, int status, string code)
    {
        await using var host = await Host.StartAsync();

        var answer = await host.GetAsync($"/api/events/snapshot?{query}");

        (answer.Status, answer.Code).ShouldBe((status, code));
    }

    [Fact]
    public async Task A_page_of_another_log_is_refused()
    {
        await using var host = await Host.StartAsync();
        await using var other = await Host.StartAsync();
        await other.SaveAsync(Entities.Table, Entities.Column("id"));
        var page = (await other.GetAsync("/api/events/snapshot?limit=1"))["page"].GetString();

        var answer = await host.GetAsync($"/api/events/snapshot?page={page}");

        (answer.Status, answer.Code).ShouldBe((409, "CARTULARY-409-00-001"));
    }

    [Fact]
    public async Task Places_that_have_been_trimmed_are_gone_everywhere()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Table, Entities.Column("id"));
        var page = (await host.GetAsync("/api/events/snapshot?limit=1"))["page"].GetString();
        await host.SaveAsync(Entities.Connection);
        await host.SaveAsync(Entities.Table, Entities.Column("late"));
        await TrimAsync(host, upTo: host.Catalog.Store.Head.Commit.Value - 1);

        foreach (var path in new[] { "/api/events?after=1", "/api/events/stream?after=1", $"/api/events/snapshot?page={page}" })
        {
            var answer = await host.GetAsync(path);
            (answer.Status, answer.Code).ShouldBe((410, "CARTULARY-410-00-001"), path);
            answer["snapshot"].GetString().ShouldBe("/api/events/snapshot");
            (answer["oldest"].GetInt64(), answer["head"].GetInt64()).ShouldBe((4, 5));
        }

        (await host.GetAsync("/api/events"))["events"].EnumerateArray().Select(item => item.GetProperty("seq").GetInt64()).ShouldBe([4, 5]);
        (await host.GetAsync("/api/events?after=3")).Status.ShouldBe(200);
        (await host.GetAsync("/api/events/snapshot"))["assets"].GetArrayLength().ShouldBe(4);
    }

    private static async Task TrimAsync(Host host, long upTo)
    {
        while (await host.Catalog.Store.TrimAsync(new CommitNumber(upTo), 100, TestContext.Current.CancellationToken))
        {
        }
    }
}
