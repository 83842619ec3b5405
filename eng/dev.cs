#:property PublishAot=false

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

const string Solution = "Cartulary.slnx";
const string Scenarios = "Cartulary.Scenarios";
const string Usage = """
    usage: ./dev test [PROJECT...]   build, then run the test projects whose name holds one of the words, or all
           ./dev faults [ROUNDS]     break servers, connections and PostgreSQL under load and while they deliver, 20 times each unless told
           ./dev check               what a change must pass: locked restore, build, formatting, tests
           ./dev docs               rewrite the pages and schemas that are made from the code
           ./dev bench [ARGS...]     run the load generator
    """;

return args switch
{
    ["test", .. var words] => Build("build") ? Test(words) : 1,
    ["faults", .. var rounds] => Build("build") ? Faults(rounds is [var given] ? given : "20") : 1,
    ["check"] => Check(),
    ["docs"] => Build("build") ? WriteDocs() : 1,
    ["bench", .. var rest] => HasPostgres() || InstallPostgres()
        ? Run("dotnet", ["run", "--project", "bench/Cartulary.Load", "-c", "Release", "--", .. rest])
        : 1,
    _ => Fail(Usage),
};

static int Check()
{
    var ready = Step("restore", "dotnet", "restore", Solution, "--locked-mode", "--nologo", "-v", "quiet")
        && Build("build", "--no-restore")
        && Step("format", "dotnet", "format", Solution, "--verify-no-changes", "--no-restore");
    return ready ? Test([]) : 1;
}

// One compiler reads the analyzers once for all projects. It is stopped afterwards, for nobody else would.
static bool Build(string name, params string[] options)
{
    var built = Step(name, "dotnet", ["build", Solution, "-c", "Release", "--nologo", "-v", "quiet", "-p:UseSharedCompilation=true", .. options]);
    Capture(out _, "dotnet", "build-server", "shutdown", "--vbcscompiler");
    return built;
}

static int Test(string[] words)
{
    var projects = TestProjects().Where(name => words.Length == 0 || words.Any(word => Holds(name, word))).ToList();
    if (projects.Any(NeedsPostgres) && !HasPostgres() && !InstallPostgres())
    {
        return 1;
    }

    // The scenarios run the commands of the documentation.
    if (projects.Contains(Scenarios) && !HasPageTools() && !InstallPageTools())
    {
        return 1;
    }

    // Two at a time, for some of them mostly wait; the scenarios have the machine to themselves.
    var others = Partitioner.Create(projects.Where(project => project != Scenarios), EnumerablePartitionerOptions.NoBuffering);
    var results = others.AsParallel().WithDegreeOfParallelism(2).Select(project => RunTests(project, [])).ToList();

    // Where the catalog is must not show: the scenarios are the same. Faults are made once, and so is what starts servers of its own, on
    // the store that it says.
    if (projects.Contains(Scenarios))
    {
        results.Add(RunTests(Scenarios, []));
        results.Add(RunTests(Scenarios, ["CARTULARY_SCENARIOS=postgres-three"], "--filter-not-namespace", "Cartulary.Scenarios.Docs",
            "Cartulary.Scenarios.Faults", "Cartulary.Scenarios.Kafka", "Cartulary.Scenarios.ManyServers", "Cartulary.Scenarios.Webhooks"));
    }

    var passed = results.Sum(result => result.Passed);
    var failures = results.SelectMany(result => result.Failures).ToList();
    if (passed + failures.Count == 0)
    {
        Console.WriteLine(projects.Count == 0 ? "No test project has such a name." : "No test ran.");
    }

    foreach (var failure in failures)
    {
        Console.WriteLine($"FAILED {failure}");
    }

    Console.WriteLine($"{passed} passed, {failures.Count} failed");
    return passed > 0 && failures.Count == 0 ? 0 : 1;
}

static int Faults(string rounds) => Run("env", [$"CARTULARY_FAULT_ROUNDS={rounds}", "dotnet", "artifacts/bin/Cartulary.Scenarios/release/Cartulary.Scenarios.dll",
    "--no-ansi", "--progress", "off", "--show-live-output", "on", "--filter-class", "Cartulary.Scenarios.ManyServers.*", "*.WebhookKillTests", "*.Faults.KillTests", "*.KafkaFaultTests", "*.SearchIndexTests"]);

static bool Holds(string name, string word) => name.Contains(word, StringComparison.OrdinalIgnoreCase);

// The projects that are test programs say so by importing the settings for such programs.
static IEnumerable<string> TestProjects() =>
    Directory.EnumerateFiles("tests", "*.csproj", SearchOption.AllDirectories)
        .Where(file => File.ReadAllText(file).Contains("TestApp.targets", StringComparison.Ordinal))
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Order(StringComparer.Ordinal);

static bool NeedsPostgres(string project) =>
    Environment.GetEnvironmentVariable("CARTULARY_TEST_POSTGRES") is not { Length: > 0 }
    && Directory.EnumerateFiles(Path.Combine("tests", project), "*.cs", SearchOption.AllDirectories)
        .Any(file => File.ReadAllText(file).Contains("PostgresCluster", StringComparison.Ordinal));

static bool HasPostgres() =>
    Directory.Exists("/usr/lib/postgresql")
    && Directory.EnumerateDirectories("/usr/lib/postgresql").Any(version => File.Exists(Path.Combine(version, "bin", "initdb")));

// The tests start servers of their own, so the one that Debian would make and start with the package is not wanted.
static bool InstallPostgres()
{
    const string Script = """
        set -e
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -q
        apt-get install -y -q --no-install-recommends postgresql-common
        sed -ri 's/^#?(create_main_cluster) .*$/\1 = false/' /etc/postgresql-common/createcluster.conf
        apt-get install -y -q --no-install-recommends postgresql
        """;
    if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
    {
        Console.Error.WriteLine("The tests need the programs of PostgreSQL 15 or newer. Install them (Debian: apt-get install postgresql),");
        Console.Error.WriteLine("or name a server on which databases may be made: CARTULARY_TEST_POSTGRES='Host=…;Username=…;Password=…'.");
        return false;
    }

    Console.WriteLine("install postgresql ...");
    var exitCode = Capture(out var output, "sh", "-c", Script);
    if (exitCode != 0)
    {
        Console.Error.WriteLine(output);
    }

    return exitCode == 0 && HasPostgres();
}

static bool HasPageTools() => PageTools().All(tool => File.Exists($"/usr/bin/{tool}"));

static string[] PageTools() => ["curl", "jq", "sqlite3"];

static bool InstallPageTools()
{
    var tools = string.Join(' ', PageTools());
    if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
    {
        Console.Error.WriteLine($"The tests of the documentation need these programs: {tools}. Install them (Debian: apt-get install {tools}).");
        return false;
    }

    Console.WriteLine($"install {tools} ...");
    var exitCode = Capture(
        out var output, "sh", "-c", $"export DEBIAN_FRONTEND=noninteractive; apt-get update -q && apt-get install -y -q --no-install-recommends {tools}");
    if (exitCode != 0)
    {
        Console.Error.WriteLine(output);
    }

    return exitCode == 0 && HasPageTools();
}

static ProjectResult RunTests(string project, string[] settings, params string[] filters)
{
    const int NoTests = 8;
    var reports = Directory.CreateTempSubdirectory("cartulary-tests-");
    try
    {
        var name = string.Join(' ', [project, .. settings]);
        Console.WriteLine($"{name} ...");
        var time = Stopwatch.StartNew();
        var exitCode = Capture(out var output, "env", [.. settings, "dotnet", $"artifacts/bin/{project}/release/{project}.dll",
            "--no-ansi", "--progress", "off", "--timeout", "25m",
            "--results-directory", reports.FullName, "--report-xunit-ctrf", "--report-xunit-ctrf-filename", "report.json", .. filters]);
        var result = ProjectResult.Read(Path.Combine(reports.FullName, "report.json"));
        if (exitCode is not (0 or NoTests) && result.Failures.Count == 0)
        {
            result = result with { Failures = [$"{name}: ended with exit code {exitCode}"] };
        }

        if (result.Failures.Count > 0)
        {
            Console.WriteLine(output);
        }

        var skipped = result.Skipped > 0 ? $", {result.Skipped} skipped" : "";
        Console.WriteLine($"{name}: {result.Passed} passed, {result.Failures.Count} failed{skipped} in {time.Elapsed.TotalSeconds:F1} s");
        return result;
    }
    finally
    {
        reports.Delete(recursive: true);
    }
}

// The tests that compare such a file with the code write it when they are told to. The page of calls is made from the API's
// description, which comes first.
static int WriteDocs()
{
    Environment.SetEnvironmentVariable("CARTULARY_WRITE_DOCS", "1");
    foreach (var project in (string[])["Cartulary.Server.Tests", "Cartulary.Architecture.Tests"])
    {
        if (Run("dotnet", [$"artifacts/bin/{project}/release/{project}.dll", "--no-ansi", "--progress", "off", "--filter-trait", "Writes=docs"]) != 0)
        {
            return 1;
        }
    }

    return Run("git", ["--no-pager", "diff", "--stat", "--", "docs/reference"]);
}

static bool Step(string name, string program, params string[] arguments)
{
    Console.WriteLine($"{name} ...");
    var time = Stopwatch.StartNew();
    var done = Run(program, arguments) == 0;
    Console.WriteLine($"{name}: {(done ? "done" : "FAILED")} in {time.Elapsed.TotalSeconds:F1} s");
    return done;
}

static int Run(string program, string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
    process.WaitForExit();
    return process.ExitCode;
}

static int Capture(out string output, string program, params string[] arguments)
{
    var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
    using var process = Process.Start(start)!;
    var errors = process.StandardError.ReadToEndAsync();
    output = process.StandardOutput.ReadToEnd();
    output += errors.GetAwaiter().GetResult();
    process.WaitForExit();
    return process.ExitCode;
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}

/// <summary>What one test project reported. Every test that did not pass and was not skipped counts as a failure.</summary>
internal sealed record ProjectResult(int Passed, int Skipped, IReadOnlyList<string> Failures)
{
    /// <summary>Reads a report in the Common Test Report Format; a missing report is an empty result.</summary>
    public static ProjectResult Read(string path)
    {
        if (!File.Exists(path))
        {
            return new ProjectResult(0, 0, []);
        }

        using var report = JsonDocument.Parse(File.ReadAllText(path));
        var tests = report.RootElement.GetProperty("results").GetProperty("tests").EnumerateArray()
            .Select(test => (Name: test.GetProperty("name").GetString()!, Status: test.GetProperty("status").GetString()))
            .ToList();
        return new ProjectResult(
            tests.Count(test => test.Status == "passed"),
            tests.Count(test => test.Status == "skipped"),
            [.. tests.Where(test => test.Status is not ("passed" or "skipped")).Select(test => test.Name)]);
    }
}
