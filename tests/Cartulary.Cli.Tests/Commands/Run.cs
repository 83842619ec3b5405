using Cartulary.Cli.Commands;
using Cartulary.Cli.Output;
using Microsoft.Extensions.Configuration;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>One run of the command line, with what it wrote.</summary>
public sealed record Run(int Code, string Output, string Error)
{
    public static Task<Run> OfAsync(ScriptedServer server, params string[] arguments) =>
        OfAsync([.. arguments, "--url", server.Url], TestContext.Current.CancellationToken);

    public static async Task<Run> OfAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["CARTULARY_API_KEY"] = "key-1" })
            .Build();
        var context = new CommandContext(Terminal.Plain(output, error), settings, TimeProvider.System);
        var code = await CommandLine.RunAsync(arguments, context, cancellationToken);
        return new(code, output.ToString(), error.ToString());
    }
}
