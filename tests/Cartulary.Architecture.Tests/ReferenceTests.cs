using System.Globalization;
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

    /// <summary>The cells of every row of the page's tables.</summary>
    private static IEnumerable<string[]> Rows(string page) =>
        WorkingCopy.TextFiles().Single(file => file.Path == page).Text.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => Array.ConvertAll(line.Trim('|').Split('|'), cell => cell.Trim()));
}
