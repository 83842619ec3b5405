using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Cartulary.Load.Processes;

/// <summary>A .NET program as a child process. Disposing asks it to stop and waits until it has.</summary>
internal sealed class Child : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private Child(Process process) => _process = process;

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it has said on its error stream.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>The memory that it holds now.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program; each line that it prints goes to <paramref name="output"/>.</summary>
    public static Child Start(string program, IEnumerable<string> arguments, Action<string> output, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new Child(Process.Start(start)!);
        child.Listen(output);
        return child;
    }

    /// <summary>Starts a command of this program that serves and prints its address.</summary>
    public static async Task<(Child Child, Uri Address)> StartOwnAsync(
        string command, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var child = Start(typeof(Child).Assembly.Location, [command], line => address.TrySetResult(line), environment);
        return (child, new Uri(await address.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Ask(_process);
            using var patience = new CancellationTokenSource(LongestStop);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private void Listen(Action<string> output)
    {
        _process.OutputDataReceived += (_, line) => output(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private static void Ask(Process process)
    {
        if (OperatingSystem.IsWindows() || Signal(process.Id, Terminate) != 0)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
