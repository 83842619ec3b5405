using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>A server that cannot start says why in one line, and what to do.</summary>
[Collection(FaultsCollection.Name)]
public sealed class StartFailureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-start-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_that_another_program_has_is_told_in_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (code, output) = await CartularyProgram.RunAsync(["serve", "--urls", $"http://127.0.0.1:{port}", "--data", _folder.FullName], Token);

        ShouldTell(code, output, port, "another program", "--urls");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1:9")]
    public async Task An_address_that_is_none_is_told(string url)
    {
        var (code, output) = await CartularyProgram.RunAsync(["serve", "--urls", url, "--data", _folder.FullName], Token);

        ShouldTell(code, output, "Urls", url);
    }

    [Theory]
    [InlineData("--Limits:BodyBytes=1", "Limits:BodyBytes must be from 1,024 to 1,073,741,824")]
    [InlineData("--Limits:BodyBytes=many", "Limits:BodyBytes must be a whole number")]
    [InlineData("--Limits:NoSuchLimit=1", "there is no setting Limits:NoSuchLimit")]
    [InlineData("--Feed:LimitDefault=0", "Feed:LimitDefault must be from 1 to 100,000")]
    public async Task A_setting_that_cannot_be_used_is_named_with_what_it_may_be(string setting, string message)
    {
        var (code, output) = await CartularyProgram.RunAsync(["serve", "--data", _folder.FullName, setting], Token);

        ShouldTell(code, output, message);
    }

    [Fact]
    public async Task A_file_that_holds_no_key_for_secrets_is_named_and_not_quoted()
    {
        var file = Path.Combine(_folder.FullName, "secrets");
        await File.WriteAllTextAsync(file, "geheim", Token);

        var (code, output) = await CartularyProgram.RunAsync(["serve", "--data", _folder.FullName, $"--Secrets:KeyFile={file}"], Token);

        ShouldTell(code, output, "Secrets:KeyFile", file, "32 bytes in base64");
        output.ShouldNotContain("geheim");
    }

    [Theory]
    [InlineData("geheim")]
    [InlineData("Host=127.0.0.1;Pasword=geheim")]
    [InlineData("Host=127.0.0.1;Port=geheim")]
    [InlineData("Host=127.0.0.1;Port=99999999999;Password=geheim")]
    [InlineData("Password=geheim")]
    public async Task A_connection_string_that_cannot_be_read_is_told_and_not_quoted(string connectionString)
    {
        var (code, output) = await CartularyProgram.RunAsync(["serve", "--Storage:Provider=postgres", $"--ConnectionStrings:Cartulary={connectionString}"], Token);

        code.ShouldBe(2);
        ShouldTell(code, output, "ConnectionStrings:Cartulary", "Host=db.example.com");
        output.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told()
    {
        var (code, output) = await CartularyProgram.RunAsync(
            ["serve", "--Storage:Provider=postgres", "--ConnectionStrings:Cartulary=Host=127.0.0.1;Port=1;Username=u;Password=geheim"], Token);

        ShouldTell(code, output, "127.0.0.1:1");
        output.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task A_file_that_is_no_catalog_is_told_and_left_as_it_is()
    {
        var file = Path.Combine(_folder.FullName, "catalog.db");
        await File.WriteAllBytesAsync(file, [.. Enumerable.Range(0, 20_000).Select(number => (byte)(number * 7))], Token);
        var before = await File.ReadAllBytesAsync(file, Token);

        var (code, output) = await CartularyProgram.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--data", _folder.FullName], Token);

        ShouldTell(code, output, "catalog.db", "damaged", "backup");
        (await File.ReadAllBytesAsync(file, Token)).ShouldBe(before);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", Token);

        var (code, output) = await CartularyProgram.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--data", Path.Combine(file, "data")], Token);

        ShouldTell(code, output, file, "cannot be made or written to");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void ShouldTell(int code, string output, params string[] words)
    {
        code.ShouldNotBe(0);
        output.Split('\n').Count(line => line.StartsWith("error: ", StringComparison.Ordinal)).ShouldBe(1, output);
        output.ShouldNotContain("   at ", Case.Sensitive, output);
        foreach (var word in words)
        {
            output.ShouldContain(word);
        }
    }
}
