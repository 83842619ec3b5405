using Cartulary.Cli.Client;
using Cartulary.Cli.Output;
using Cartulary.Cli.Saving;
using Cartulary.Cli.Sources;
using Cartulary.Cli.Sources.Sqlite;

namespace Cartulary.Cli.Demo;

/// <summary>What the demo does and shows. Every figure and every event comes from the server's answers.</summary>
internal sealed class DemoStory(CatalogClient client, DemoDatabase database, Terminal terminal)
{
    private readonly NameBook _names = new(client);
    private readonly SqliteSource _source = SqliteSource.For(database.Path, name: null, connection: null);

    private static string Schema => "default/sqlite/shop/shop/main";

    /// <summary>Tells the story from the first crawl to the last.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await CatalogueAsync(cancellationToken);
        await CatalogueAgainAsync(cancellationToken);
        var dropped = await ChangeAsync(cancellationToken);
        await RestoreAsync(dropped, cancellationToken);
    }

    private async Task CatalogueAsync(CancellationToken cancellationToken)
    {
        Step("Catalogue a real database", "cartulary crawl sqlite shop.db");
        await database.RunAsync(SampleScripts.Shop, cancellationToken);
        var result = await CrawlAsync(cancellationToken);
        Say(CrawlText.Counts(result));
        Say(TextLine.Of($"new: {CrawlText.CreatedByType(result)}"));
        Say(TextLine.Of("Each new asset is one event. The one of a column:"));
        var column = await client.ReadEventsAsync(
            new FeedRequest { After = 0, Limit = 1, TypeName = "Column", Prefix = $"{Schema}/shipments/tracking_code" }, cancellationToken);
        await ShowAsync(column.Events, cancellationToken);
    }

    private async Task CatalogueAgainAsync(CancellationToken cancellationToken)
    {
        Step("Catalogue it again: nothing changed, so nothing happens", "cartulary crawl sqlite shop.db");
        var before = await client.ReadHeadAsync(cancellationToken);
        var result = await CrawlAsync(cancellationToken);
        var after = await client.ReadHeadAsync(cancellationToken);
        Say(CrawlText.Counts(result));
        Say(TextLine.Of($"the newest event was #{before} and is #{after}: {after - before} events"));
    }

    private async Task<AssetHeader> ChangeAsync(CancellationToken cancellationToken)
    {
        Step("Release a new version of the shop, and link a term to a column", "cartulary crawl sqlite shop.db");
        var dropped = await FindAsync("Table", "returns", cancellationToken);
        var head = await client.ReadHeadAsync(cancellationToken);
        await database.RunAsync(SampleScripts.Changes, cancellationToken);
        var term = await DemoGlossary.CreateAsync(client, cancellationToken);
        await DemoGlossary.LinkAsync(client, term, await FindAsync("Column", "customers/email", cancellationToken), cancellationToken);
        var result = await CrawlAsync(cancellationToken);
        Say(TextLine.Of($"the release: a longer tracking code, a new column, another default, table returns dropped (samples/shop-changes.sql)"));
        Say(TextLine.Of($"the term: \"{DemoGlossary.TermName}\" in glossary \"{DemoGlossary.GlossaryName}\", for customers.email"));
        Say(CrawlText.Counts(result));
        Say(TextLine.Of("Everything that the catalog tells about it, before -> after:"));
        await ShowAsync((await client.ReadEventsAsync(new FeedRequest { After = head }, cancellationToken)).Events, cancellationToken);
        return dropped;
    }

    private async Task RestoreAsync(AssetHeader dropped, CancellationToken cancellationToken)
    {
        Step("Bring the dropped table back", "cartulary crawl sqlite shop.db");
        var head = await client.ReadHeadAsync(cancellationToken);
        await database.RunAsync(SampleScripts.Restore, cancellationToken);
        var result = await CrawlAsync(cancellationToken);
        Say(CrawlText.Counts(result));
        var events = (await client.ReadEventsAsync(new FeedRequest { After = head }, cancellationToken)).Events;
        await ShowAsync(events.Where(told => told.Asset.TypeName != "Column"), cancellationToken);
        var columns = events.Count(told => told.Asset.TypeName == "Column");
        Say(TextLine.Of($"and {columns} columns likewise"));
        var back = await FindAsync("Table", "returns", cancellationToken);
        Say(TextLine.Of($"table returns was {dropped.Guid} before it was dropped and is {back.Guid} now: ")
            .With(back.Guid == dropped.Guid ? "the same asset" : "another asset", Tone.Strong));
    }

    private Task<CrawlResult> CrawlAsync(CancellationToken cancellationToken) =>
        new Crawl(client, new SweepGuard(), _ => { }).RunAsync(
            _source.Scan(SqliteFile.Read(database.Path)), new SaveTally(), cancellationToken);

    private async Task<AssetHeader> FindAsync(string typeName, string path, CancellationToken cancellationToken) =>
        (await client.FindAsync(typeName, $"{Schema}/{path}", cancellationToken))?.Header
        ?? throw new SourceException($"the catalog does not know {path}");

    private void Step(string title, string command)
    {
        terminal.Write(TextLine.Blank);
        terminal.Write(TextLine.Of(title, Tone.Strong).With($"   $ {command}", Tone.Faint));
    }

    private void Say(TextLine line) => terminal.Write(line.Indented(2));

    private async Task ShowAsync(IEnumerable<FeedEvent> events, CancellationToken cancellationToken)
    {
        foreach (var told in events)
        {
            await _names.LearnAsync(told, cancellationToken);
            terminal.Write(EventText.Of(told, _names).Select(line => line.Indented(4)));
        }
    }
}
