using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cartulary.Cli.Commands;

/// <summary>The usual help, then examples, the exit codes and the settings that come from the environment.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Footer = """
        Exit codes:
          0  done
          1  no: the question was answered, and the answer is no
          2  usage: the command line was not understood
          3  failed: nothing was done
          4  not authorised
          5  partial: done, but for a part that is named on standard error

        Environment:
          CARTULARY_URL      the server, unless --url names it (otherwise http://127.0.0.1:21000)
          CARTULARY_API_KEY  the API key, unless --api-key-file names a file that holds it
          NO_COLOR           set to anything for output without colour

        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is CliCommand { Examples: { IsEmpty: false } examples })
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.Write(Footer);
        return ExitCode.Done;
    }
}
