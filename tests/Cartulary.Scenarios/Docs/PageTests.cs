using System.Diagnostics;
using System.Globalization;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Docs;

/// <summary>Every command in the documentation does what a reader expects: it works, on an empty folder, in the order of the page.</summary>
public sealed class PageTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan LongestPage = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-docs-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages() => [.. Page.WithCommands().Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_commands_of_a_page_work(string path)
    {
        var page = Page.WithCommands().Single(page => page.Path == path);
        var port = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        await PutProgramAsync();
        await File.WriteAllTextAsync(InFolder("script"), page.Script().Replace("21000", port, StringComparison.Ordinal), Token);

        var (exitCode, said) = await RunAsync(["-x", InFolder("script")], port);

        exitCode.ShouldBe(0, $"{path}:\n{said}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Commands_that_need_a_machine_of_their_own_are_commands_of_the_shell(string path)
    {
        foreach (var block in Page.WithCommands().Single(page => page.Path == path).Blocks("sh root"))
        {
            await File.WriteAllTextAsync(InFolder("script"), block, Token);
            var (exitCode, said) = await RunAsync(["-n", InFolder("script")], "0");
            exitCode.ShouldBe(0, said);
        }
    }

    [Fact]
    public async Task The_unit_for_systemd_is_one()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd is not installed");
        var unit = InFolder("cartulary.service");
        var text = await File.ReadAllTextAsync(Path.Combine(Page.Root(), "packaging", "cartulary.service"), Token);
        await File.WriteAllTextAsync(unit, text.Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal), Token);

        var (exitCode, said) = await RunAsync(["-c", $"systemd-analyze verify --man=no {unit} 2>&1 | grep cartulary || true"], "0");

        exitCode.ShouldBe(0);
        said.Trim().ShouldBeEmpty();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The program as pages call it: <c>./cartulary</c>, and <c>cartulary</c> where it is installed.</summary>
    private async Task PutProgramAsync()
    {
        var program = InFolder("cartulary");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{CartularyProgram.Location()}' \"$@\"\n", Token);
        (await RunAsync(["-c", "chmod +x cartulary"], "0")).ExitCode.ShouldBe(0);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, string port)
    {
        var start = new ProcessStartInfo("bash", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = _folder.FullName,
        };
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["Urls"] = start.Environment["CARTULARY_URL"] = $"http://127.0.0.1:{port}";
        start.Environment.Remove("CARTULARY_API_KEY");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(LongestPage);
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var said = await process.StandardOutput.ReadToEndAsync(patience.Token);
            said += await errors;
            await process.WaitForExitAsync(patience.Token);
            output.WriteLine(said);
            return (process.ExitCode, said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
