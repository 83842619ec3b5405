using Cartulary.Testing;

namespace Cartulary.Architecture.Tests.Reference;

/// <summary>Holds that the page and the schema of the settings are what the code says.</summary>
public sealed class SettingsReferenceTests
{
    private const string Page = "docs/reference/settings.md";
    private const string Begin = "<!-- made from the code by ./dev docs: begin -->\n";
    private const string End = "<!-- made from the code by ./dev docs: end -->\n";

    [Fact]
    [Trait("Writes", "docs")]
    public void The_page_of_settings_holds_what_the_code_says()
    {
        var kept = GeneratedFile.Read(Page);
        var begin = kept.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = kept.IndexOf(End, StringComparison.Ordinal);

        begin.ShouldBeGreaterThan(Begin.Length);
        end.ShouldBeGreaterThanOrEqualTo(begin);
        GeneratedFile.Match(Page, $"{kept[..begin]}{Tables(Setting.All())}{kept[end..]}");
    }

    [Fact]
    [Trait("Writes", "docs")]
    public void The_schema_of_settings_holds_what_the_code_says() =>
        GeneratedFile.Match("docs/reference/appsettings.schema.json", SettingsSchema.Of(Setting.All()));

    [Fact]
    public void Every_setting_says_what_it_does() =>
        Setting.All().Where(setting => setting.Meaning.Length < 20).Select(setting => setting.Name).ShouldBeEmpty();

    private static string Tables(IReadOnlyList<Setting> settings) => string.Concat(
        settings.GroupBy(setting => setting.Section, StringComparer.Ordinal).Select(section => $"""

            ## {(section.Key.Length == 0 ? "Top level" : $"`{section.Key}`")}

            | setting | environment | type | default | range | what it does |
            |---|---|---|---|---|---|
            {string.Join('\n', section.Select(Row))}

            """)) + "\n";

    private static string Row(Setting setting) =>
        $"| `{setting.Name}` | `{setting.Variable}` | {setting.Kind()} | {setting.DefaultText()} | {setting.RangeText()} | {setting.Meaning} |"
            .Replace("|  |", "| |", StringComparison.Ordinal);
}
