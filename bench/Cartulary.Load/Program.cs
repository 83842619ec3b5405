using System.CommandLine;
using Cartulary.Load.Bounds;
using Cartulary.Load.Figures;
using Cartulary.Load.Measuring;

var quick = new Option<bool>("--quick") { Description = "Shorter runs and fewer assets: under a minute, and noisier" };
var json = new Option<FileInfo?>("--json") { Description = "Also write the figures to this file", HelpName = "FILE" };
var streams = new Option<bool>("--streams") { Description = "Measure only what concerns readers of events" };
var root = new RootCommand("Puts load on a whole server and prints its figures beside their bounds, measured in the same run.") { quick, json, streams };
root.SetAction((parsed, cancellationToken) => MeasureAsync(parsed.GetValue(quick), parsed.GetValue(streams), parsed.GetValue(json), cancellationToken));

var bare = new Command(BareEndpoint.CommandName, "The bound for unchanged saves: an endpoint that reads, walks and hashes what it is sent") { Hidden = true };
bare.SetAction((_, cancellationToken) => BareEndpoint.ServeAsync(Console.Out, cancellationToken));
root.Subcommands.Add(bare);
return await root.Parse(args).InvokeAsync();

static async Task MeasureAsync(bool quick, bool streamsOnly, FileInfo? json, CancellationToken cancellationToken)
{
    var figures = new FigureList(Machine.Describe(), Console.Out);
    var effort = quick ? Effort.Quick : Effort.Full;
    await (streamsOnly ? Session.RunStreamsAsync(effort, figures, cancellationToken) : Session.RunAsync(effort, figures, cancellationToken));
    figures.Finish();
    if (json is not null)
    {
        await figures.WriteJsonAsync(json, cancellationToken);
    }
}
