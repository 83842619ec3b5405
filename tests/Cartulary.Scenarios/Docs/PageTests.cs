using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.Docs;

/// <summary>Every command in the documentation does what a reader expects: it works, in the order of the page, and writes what the page shows.</summary>
public sealed partial class PageTests(ITestOutputHelper output) : IDisposable
{
    private const string DatabaseHost = "db.example.com";
    private static readonly TimeSpan LongestPage = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-docs-");
    private readonly DirectoryInfo _outputs = Directory.CreateTempSubdirectory("cartulary-docs-outputs-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages() => [.. Page.WithCommands().Select(page => page.Path)];

    public static TheoryData<string> PagesThatRun() => [.. Page.WithCommands().Where(page => page.Steps.Any()).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(PagesThatRun))]
    public async Task The_commands_of_a_page_work(string path)
    {
        var page = Page.WithCommands().Single(page => page.Path == path);
        var port = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        await using var database = page.Steps.Any(step => step.Commands.Contains(DatabaseHost, StringComparison.Ordinal))
            ? await PostgresServer.StartNewAsync(isDurable: false, Token)
            : null;
        await PutProgramAsync();
        PutSamples();
        var script = Path.Combine(_outputs.FullName, "script");
        await File.WriteAllTextAsync(script, Here(page.Script(_outputs.FullName), port, database), Token);

        var (exitCode, said) = await RunAsync([script], port);

        exitCode.ShouldBe(0, $"{path}:\n{said}\n{await LastOutputAsync()}");
        foreach (var (step, index) in page.Steps.Select((step, index) => (step, index)).Where(step => step.step.Output is not null))
        {
            var written = (await OutputAsync(index)).Replace(port, "21000", StringComparison.Ordinal);
            ShownOutput.Fits(step.Output!, written).ShouldBeTrue($"{path} shows another output than this:\n{step.Commands}\n{written}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Commands_that_need_a_machine_of_their_own_are_commands_of_the_shell(string path)
    {
        foreach (var (_, block) in Page.WithCommands().Single(page => page.Path == path).Fences.Where(fence => fence.Mark == "sh root"))
        {
            await File.WriteAllTextAsync(InFolder("script"), block, Token);
            var (exitCode, said) = await RunAsync(["-n", InFolder("script")], "0");
            exitCode.ShouldBe(0, said);
        }
    }

    [Fact]
    public void No_command_stands_where_no_test_runs_it() =>
        Page.All().SelectMany(page => page.Fences.Where(fence => fence.Mark is not ("sh" or "sh root") && !SampleName().IsMatch(fence.Mark))
            .Select(fence => fence.Text).Append(IndentedLines(page.Prose))
            .SelectMany(text => Command().Matches(text).Select(match => $"{page.Path}: {match.Value.Trim()}"))).ShouldBeEmpty();

    [Fact]
    public void A_sample_is_quoted_as_it_is()
    {
        var quoted = Page.All().SelectMany(page => page.Fences.Select(fence => (page, fence, name: SampleName().Match(fence.Mark).Value)))
            .Where(quote => quote.name.Length > 0).ToList();

        quoted.ShouldNotBeEmpty();
        quoted.Where(quote => File.ReadAllText(Path.Combine(Page.Root(), quote.name)) != quote.fence.Text)
            .Select(quote => $"{quote.page.Path}: {quote.name}").ShouldBeEmpty();
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

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _outputs.Delete(recursive: true);
    }

    /// <summary>A page's servers and its database, as they are called here.</summary>
    private static string Here(string script, string port, PostgresServer? database) => script
        .Replace("21000", port, StringComparison.Ordinal)
        .Replace("21001", ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("8787", ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace(DatabaseHost, "127.0.0.1", StringComparison.Ordinal)
        .Replace("5432", database?.Port.ToString(CultureInfo.InvariantCulture) ?? "5432", StringComparison.Ordinal);

    private static string IndentedLines(string prose) =>
        string.Join('\n', prose.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)));

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    private Task<string> OutputAsync(int index) =>
        File.ReadAllTextAsync(Path.Combine(_outputs.FullName, index.ToString(CultureInfo.InvariantCulture)), Token);

    /// <summary>What the block wrote that was run last.</summary>
    private Task<string> LastOutputAsync() => OutputAsync(_outputs.GetFiles().Length - 2);

    /// <summary>The program as pages call it: <c>./cartulary</c>, and <c>cartulary</c> where it is installed.</summary>
    private async Task PutProgramAsync()
    {
        var program = InFolder("cartulary");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{CartularyProgram.Location()}' \"$@\"\n", Token);
        (await RunAsync(["-c", "chmod +x cartulary"], "0")).ExitCode.ShouldBe(0);
    }

    private void PutSamples()
    {
        Directory.CreateDirectory(InFolder("samples"));
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(Page.Root(), "samples")))
        {
            File.Copy(sample, Path.Combine(InFolder("samples"), Path.GetFileName(sample)));
        }
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
        start.Environment["DOTNET_NOLOGO"] = start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
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

    [GeneratedRegex(@"^[ $]*(\./cartulary|cartulary|\./dev|curl|dotnet|sqlite3|jq|export|python3?|pip)\s.*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<= )samples/\S+$", RegexOptions.ExplicitCapture)]
    private static partial Regex SampleName();
}
