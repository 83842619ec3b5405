using System.Text.RegularExpressions;

namespace Cartulary.Server.Hosting;

/// <summary>Says in our own words what the framework says about a setting that cannot be used: its name, and what it may be.</summary>
internal static partial class SettingsWords
{
    /// <summary>The message for a section; one that is not understood stays as it is.</summary>
    public static string Of(string section, string message)
    {
        var prefix = section.Length == 0 ? "" : $"{section}:";
        if (Range().Match(message) is { Success: true } range)
        {
            return $"{prefix}{range.Groups["name"]} must be from {Grouped(range.Groups["min"].Value)} to {Grouped(range.Groups["max"].Value)}";
        }

        if (Conversion().Match(message) is { Success: true } conversion)
        {
            var kind = conversion.Groups["type"].Value is "System.Int32" or "System.Int64" ? "a whole number" : $"a {conversion.Groups["type"].Value}";
            return $"{conversion.Groups["name"]} must be {kind}";
        }

        return Unknown().Match(message) is { Success: true } unknown
            ? $"there is no setting {string.Join(", ", unknown.Groups["name"].Captures.Select(name => prefix + name.Value))}"
            : $"{section}: {message}";
    }

    private static string Grouped(string number) => long.TryParse(number, out var value) ? value.ToString("N0") : number;

    [GeneratedRegex(@"^(\w+: )?The field (\w+\.)?(?<name>\w+) must be between (?<min>\S+) and (?<max>\S+?)\.?$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Range();

    [GeneratedRegex(@"^Failed to convert configuration value.* at '(?<name>[^']+)' to type '(?<type>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1_000)]
    private static partial Regex Conversion();

    [GeneratedRegex(@"ErrorOnUnknownConfiguration.*: ('(?<name>[^']+)'(, )?)+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Unknown();
}
