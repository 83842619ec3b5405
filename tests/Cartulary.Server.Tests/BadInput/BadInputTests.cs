using System.Collections.Immutable;
using System.Diagnostics;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Types;
using Cartulary.Server.Tests.Hosting;
using Cartulary.Storage.Sqlite;
using Cartulary.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Server.Tests.BadInput;

/// <summary>
/// Whatever is sent, the answer is a clear no with the code and the place, nothing is stored, and the server goes on. The cases
/// stand in the files of the folder Cases, one a line.
/// </summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string ReaderKey = "a key that may only read";

    private const string Stored = """
        {"entities":[
        {"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"q/target","name":"target"}},
        {"typeName":"Column","guid":"-2","attributes":{"qualifiedName":"q/target/id","name":"id","order":1,"table":{"guid":"-1"}}},
        {"typeName":"View","guid":"-3","attributes":{"qualifiedName":"q/both","name":"view"}},
        {"typeName":"Table","guid":"-4","attributes":{"qualifiedName":"q/both","name":"table"}},
        {"typeName":"AtlasGlossary","guid":"-5","attributes":{"name":"words","qualifiedName":"words"}},
        {"typeName":"AtlasGlossaryTerm","guid":"-6","attributes":{"name":"word","qualifiedName":"word","anchor":{"guid":"-5"}}}]}
        """;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal)
    {
        ["auth"] = $"Authorization: Bearer {Host.Key}",
        ["reader"] = ReaderKey,
    };

    private Host? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("values")]
    [InlineData("bodies")]
    [InlineData("calls")]
    [InlineData("raw")]
    public async Task Every_case_is_refused_with_its_code_and_place_and_stores_nothing(string theme)
    {
        var before = await CountAsync();
        var wrong = new List<string>();

        foreach (var bad in BadCase.Read(theme, _names))
        {
            var answer = await RawAnswer.ToAsync(_host!.Client.BaseAddress!, bad.Request, breaksOff: bad.Status == 0, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
            if (WhatIsWrong(bad, answer) is { } fault)
            {
                wrong.Add($"{bad.Name}: {fault}");
            }
        }

        wrong.ShouldBeEmpty();
        (await CountAsync()).ShouldBe(before);
        await ShouldBeQuickAsync();
    }

    [Fact]
    public void There_are_more_than_three_hundred_cases()
    {
        var names = new Dictionary<string, string>(_names) { ["table"] = "t", ["column"] = "c", ["glossary"] = "g", ["term"] = "w" };
        var cases = new[] { "values", "bodies", "calls", "raw" }.SelectMany(theme => BadCase.Read(theme, names)).ToList();

        cases.Count.ShouldBeGreaterThan(400);
        cases.Select(bad => bad.Name).Distinct().Count().ShouldBe(cases.Count);
    }

    /// <summary>A server on a catalog that also has a type with an attribute of every kind.</summary>
    public async ValueTask InitializeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cartulary-bad-");
        var options = new SqliteStoreOptions { Path = Path.Combine(folder.FullName, "catalog.db") };
        await using (var store = await SqliteCatalogStore.OpenAsync(options, TimeProvider.System, Guid.CreateVersion7, NullLogger<SqliteCatalogStore>.Instance, Token))
        {
            var context = new CommitContext(Guid.CreateVersion7(), "test", "start", null, ImmutableSortedDictionary<string, string>.Empty);
            await TypeRegistrySource.OpenAsync(store, EverythingModel.WithBuiltIn(), context, TimeProvider.System, Guid.CreateVersion7, Token);
        }

        _host = await Host.StartInAsync(
            folder,
            $"--CARTULARY_API_KEY={Host.Key}", $"--CARTULARY_READ_ONLY_API_KEY={ReaderKey}",
            "--Limits:AssetsPerRequest=20", "--Limits:TextLength=2000", "--Limits:BodyBytes=262144", "--Limits:RequestLineBytes=8192");
        var saved = await _host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", Stored);
        foreach (var (name, guid) in new[] { ("table", "-1"), ("column", "-2"), ("glossary", "-5"), ("term", "-6") })
        {
            _names[name] = saved["guidAssignments"].GetProperty(guid).GetString()!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    private static string? WhatIsWrong(BadCase bad, RawAnswer answer)
    {
        var shown = $"{answer.Status} {System.Text.Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, 300)))}";
        if (answer.Status != bad.Status)
        {
            return shown;
        }

        if (bad.Code is null)
        {
            return answer.Body.Length == 0 ? null : shown;
        }

        var body = answer.Json;
        var isRight = body.GetProperty("errorCode").GetString() == bad.Code
            && body.GetProperty("errorMessage").GetString() is { Length: > 0 }
            && ArePaths(bad.Paths, [.. body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()!).Where(path => path.Length > 0)]);
        return isRight ? null : shown;
    }

    private static bool ArePaths(string[] expected, List<string> actual) => expected is [BadCase.Anywhere] || (expected.Length == actual.Count && expected.Zip(actual)
        .All(pair => pair.First.EndsWith('*') ? pair.Second.StartsWith(pair.First[..^1], StringComparison.Ordinal) : pair.First == pair.Second));

    private async Task<(long Events, long Assets)> CountAsync()
    {
        var catalog = _host!.Catalog;
        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, Token);
        verification.Faults.ShouldBeEmpty();
        return (verification.Events, verification.Assets);
    }

    private async Task ShouldBeQuickAsync()
    {
        var started = Stopwatch.GetTimestamp();
        (await _host!.GetAsync("/api/events?limit=1"))["events"].GetArrayLength().ShouldBe(1);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}
