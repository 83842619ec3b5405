using Microsoft.Extensions.Options;

namespace Cartulary.Server.Tests.Hosting;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("--Limits:BodyBytes=1")]
    [InlineData("--Limits:BodyBytes=many")]
    [InlineData("--Limits:NoSuchLimit=1")]
    [InlineData("--Feed:LimitDefault=0")]
    public async Task A_setting_that_cannot_be_used_stops_the_start(string setting) =>
        await Should.ThrowAsync<OptionsValidationException>(() => Host.StartAsync(setting));

    [Fact]
    public async Task Settings_in_the_data_folder_count_and_the_command_line_counts_more()
    {
        var folder = Directory.CreateTempSubdirectory("cartulary-");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "appsettings.json"),
            $$$"""{"CARTULARY_API_KEY":"{{{Host.Key}}}","Feed":{"LimitDefault":1,"LimitMax":2}}""",
            TestContext.Current.CancellationToken);
        await using var host = await Host.StartInAsync(folder, "--Feed:LimitMax=3");

        await SaveFourAsync(host);

        (await host.GetAsync("/api/events"))["events"].GetArrayLength().ShouldBe(1);
        (await host.GetAsync("/api/events?limit=9"))["events"].GetArrayLength().ShouldBe(3);
    }

    private static Task<Answer> SaveFourAsync(Host host) => host.SaveAsync(
        [.. Enumerable.Range(1, 4).Select(number => $$$"""{"typeName":"Connection","attributes":{"name":"c","qualifiedName":"{{{number}}}" } }""")]);
}
