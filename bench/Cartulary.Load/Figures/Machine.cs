using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Cartulary.Load.Figures;

/// <summary>Where figures come from: without it they mean nothing.</summary>
internal sealed record Machine(string Processor, int Cores, string Runtime, string Commit, double LoadAverage, DateTimeOffset Time)
{
    /// <summary>The machine, runtime and working copy of this process.</summary>
    public static Machine Describe() => new(
        ProcessorName(), Environment.ProcessorCount, RuntimeInformation.FrameworkDescription, CommitHash(), Load(), TimeProvider.System.GetUtcNow());

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Cores} cores, {Processor}; {Runtime}; commit {Commit}; load average {LoadAverage:F2} at the start; {Time:yyyy-MM-dd HH:mm} UTC");

    private static string ProcessorName() =>
        OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "unknown"
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static double Load() =>
        OperatingSystem.IsLinux() ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : double.NaN;

    private static string CommitHash()
    {
        var hash = Git("rev-parse", "--short=12", "HEAD");
        return Git("status", "--porcelain", "--untracked-files=no").Length == 0 ? hash : $"{hash} with changes";
    }

    private static string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = AppContext.BaseDirectory,
        })!;
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return output;
    }
}
