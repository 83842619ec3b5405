using System.CommandLine;
using Cartulary.Load.Baselines;
using Cartulary.Load.Bounds;
using Cartulary.Load.Figures;
using Cartulary.Load.Measuring;

var quick = new Option<bool>("--quick") { Description = "Shorter runs and fewer assets: under a minute, and noisier" };
var json = new Option<FileInfo?>("--json") { Description = "Also write the figures to this file", HelpName = "FILE" };
var streams = new Option<bool>("--streams") { Description = "Measure only what concerns readers of events" };
var large = new Option<bool>("--large") { Description = "Measure only changes that reach many assets" };
var lineage = new Option<int>("--lineage") { Description = "Measure only how lineage is read, among so many processes", HelpName = "N" };
var search = new Option<int>("--search") { Description = "Measure only searches, among so many assets", HelpName = "N" };
var kafka = new Option<bool>("--kafka") { Description = "Measure only how events come to Kafka, on mock brokers" };
var webhooks = new Option<bool>("--webhooks") { Description = "Measure only how events come to webhooks, and readers that wait for them" };
var stores = new Option<string[]>("--store") { Description = "Measure only on this store; on both unless told", HelpName = "STORE" };
stores.AcceptOnlyFromAmong("sqlite", "postgres");
var root = new RootCommand("Puts load on a whole server and prints its figures beside their bounds, measured in the same run.") { quick, json, streams, large, lineage, search, kafka, webhooks, stores };
root.SetAction((parsed, cancellationToken) => MeasureAsync(
    parsed.GetValue(quick) ? Effort.Quick : Effort.Full,
    PartsOf(parsed),
    parsed.GetValue(lineage),
    parsed.GetValue(search),
    parsed.GetValue(json),
    cancellationToken));

var bare = new Command(BareEndpoint.CommandName, "The bound for unchanged saves: an endpoint that reads, walks and hashes what it is sent") { Hidden = true };
bare.SetAction((_, cancellationToken) => BareEndpoint.ServeAsync(Console.Out, cancellationToken));
root.Subcommands.Add(bare);
var baseline = new Command(UpsertServer.CommandName, "The baseline on PostgreSQL: upserts of documents and an outbox") { Hidden = true };
baseline.SetAction((_, cancellationToken) => UpsertServer.ServeAsync(Console.Out, cancellationToken));
root.Subcommands.Add(baseline);
return await root.Parse(args).InvokeAsync();

string[] PartsOf(ParseResult parsed) =>
    parsed.GetValue(streams) ? ["streams"]
    : parsed.GetValue(large) ? ["large"]
    : parsed.GetValue(kafka) ? ["kafka"]
    : parsed.GetValue(webhooks) ? Array.ConvertAll(parsed.GetValue(stores) is { Length: > 0 } some ? some : ["sqlite", "postgres"], store => $"webhooks on {store}")
    : parsed.GetValue(lineage) > 0 ? ["lineage"]
    : parsed.GetValue(search) > 0 ? ["search"]
    : parsed.GetValue(stores) is { Length: > 0 } given ? given
    : ["sqlite", "streams", "postgres", "large"];

static async Task MeasureAsync(Effort effort, string[] parts, int processes, int assets, FileInfo? json, CancellationToken cancellationToken)
{
    var figures = new FigureList(Machine.Describe(), Console.Out);
    foreach (var part in parts)
    {
        await (part switch
        {
            "sqlite" => Session.RunSqliteAsync(effort, figures, cancellationToken),
            "kafka" => Session.RunKafkaAsync(effort, figures, cancellationToken),
            "webhooks on sqlite" => new WebhookFlow(effort, figures).RunSqliteAsync(cancellationToken),
            "webhooks on postgres" => new WebhookFlow(effort, figures).RunPostgresAsync(cancellationToken),
            "postgres" => Session.RunPostgresAsync(effort, figures, cancellationToken),
            "lineage" => new LineageReads(processes, figures).RunAsync(cancellationToken),
            "search" => new SearchReads(assets, figures).RunAsync(cancellationToken),
            "large" => Session.RunLargeAsync(effort, figures, cancellationToken),
            _ => Session.RunStreamsAsync(effort, figures, cancellationToken),
        });
    }

    figures.Finish();
    if (json is not null)
    {
        await figures.WriteJsonAsync(json, cancellationToken);
    }
}
