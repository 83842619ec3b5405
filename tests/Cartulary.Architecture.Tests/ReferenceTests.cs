using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Cartulary.Core.Errors;

namespace Cartulary.Architecture.Tests;

/// <summary>Holds that the reference pages list what the program has, no less and no more.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void The_page_of_errors_lists_every_code_with_its_status_and_title()
    {
        var listed = Rows("docs/reference/errors.md")
            .Where(row => row[0].Contains('-', StringComparison.Ordinal))
            .Select(row => string.Join(" | ", row.Take(3)));

        listed.ShouldBe(ErrorCodes.All.Select(code => string.Create(CultureInfo.InvariantCulture, $"{code.Code} | {code.Status} | {code.Title}")));
    }

    [Fact]
    public void The_page_of_settings_lists_every_setting_with_its_default_and_range()
    {
        var listed = Rows("docs/reference/settings.md").Where(row => row[0].StartsWith('`')).Select(row => string.Join(" | ", row.Take(3)));

        listed.ShouldBe(Settings(), ignoreOrder: true);
    }

    private static IEnumerable<string> Settings() =>
        from type in System.Reflection.Assembly.Load("Cartulary.Server").GetTypes()
        where type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Namespace == "Cartulary.Server.Hosting"
        let defaults = Activator.CreateInstance(type)
        let section = Section(type)
        from property in type.GetProperties()
        select $"`{section}{property.Name}` | {Default(property.GetValue(defaults))} | {Range(property)}";

    private static string Section(Type options) => options.Name switch
    {
        "ServerOptions" => "",
        "LimitOptions" => "Limits:",
        var name => $"{name[..^"Options".Length]}:",
    };

    private static string Default(object? value) =>
        value is string text ? $"`{text}`" : string.Create(CultureInfo.InvariantCulture, $"{value:N0}");

    private static string Range(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum:N0} to {range.Maximum:N0}")
            : "";

    /// <summary>The cells of every row of the page's tables.</summary>
    private static IEnumerable<string[]> Rows(string page) =>
        WorkingCopy.TextFiles().Single(file => file.Path == page).Text.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => Array.ConvertAll(line.Trim('|').Split('|'), cell => cell.Trim()));
}
