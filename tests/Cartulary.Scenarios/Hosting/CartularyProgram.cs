using System.Diagnostics;

namespace Cartulary.Scenarios.Hosting;

/// <summary>The program that was built beside these tests.</summary>
public static class CartularyProgram
{
    /// <summary>Starts it with arguments; what it writes is for the caller to read. An empty setting is taken away.</summary>
    public static Process Start(IEnumerable<string> arguments, string key, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Location(), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["CARTULARY_API_KEY"] = key;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value.Length > 0 ? value : null;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end; the result is the exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(arguments, ServerProcess.Key);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output + await errors);
    }

    /// <summary>The build puts every project's output into a folder of its name, by configuration.</summary>
    public static string Location()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, "Cartulary.Cli", own.Name, "cartulary.dll");
    }
}
