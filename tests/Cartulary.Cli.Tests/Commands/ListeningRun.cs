using System.Text.RegularExpressions;
using Cartulary.Cli.Commands;
using Cartulary.Cli.Output;
using Microsoft.Extensions.Configuration;

namespace Cartulary.Cli.Tests.Commands;

/// <summary><c>cartulary listen</c> while it runs, on a port of its own.</summary>
public sealed partial class ListeningRun : IAsyncDisposable
{
    private readonly StringWriter _output = new();
    private readonly NotingWriter _error = new();
    private readonly CancellationTokenSource _interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task<int> _running;

    private ListeningRun(string[] arguments)
    {
        var context = new CommandContext(Terminal.Plain(_output, _error), new ConfigurationBuilder().Build(), TimeProvider.System);
        _running = CommandLine.RunAsync(["listen", "--port", "0", .. arguments], context, _interrupt.Token);
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; private set; } = "";

    public static async Task<ListeningRun> StartAsync(params string[] arguments)
    {
        var run = new ListeningRun(arguments);
        var line = await run._error.FirstLine.WaitAsync(TestContext.Current.CancellationToken);
        run.Url = Address().Match(line).Value;
        return run;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<Run> EndAsync() => new(await _running, _output.ToString(), _error.ToString());

    /// <summary>Presses Ctrl-C.</summary>
    public async Task<Run> InterruptAsync()
    {
        await _interrupt.CancelAsync();
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _interrupt.CancelAsync();
        await _running;
        _interrupt.Dispose();
        await _error.DisposeAsync();
        await _output.DisposeAsync();
    }

    [GeneratedRegex(@"http://\S+/")]
    private static partial Regex Address();

    /// <summary>A writer that tells when the first line is there.</summary>
    private sealed class NotingWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> FirstLine => _first.Task;

        public override void Write(string? value)
        {
            base.Write(value);
            Note();
        }

        public override void Write(char[] buffer, int index, int count)
        {
            base.Write(buffer, index, count);
            Note();
        }

        public override void Write(char value)
        {
            base.Write(value);
            Note();
        }

        private void Note()
        {
            if (ToString() is var text && text.Contains('\n', StringComparison.Ordinal))
            {
                _first.TrySetResult(text);
            }
        }
    }
}
