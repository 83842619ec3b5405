using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Exchange;

/// <summary>How much an export holds, as its last line says.</summary>
/// <param name="Types">Type definitions.</param>
/// <param name="Assets">Assets.</param>
/// <param name="Archived">How many of them are archived.</param>
internal sealed record ExportEnd(long Types, long Assets, long Archived)
{
    /// <summary>Reads the line; null when it is another one.</summary>
    public static ExportEnd? TryParse(string line)
    {
        try
        {
            return Of(JsonElement.Parse(line).Member("end"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a line says; null when it says something else.</summary>
    public static ExportEnd? Of(JsonElement? end) =>
        end is { } json && json.Number("typedefs") is { } types && json.Number("assets") is { } assets && json.Number("archived") is { } archived
            ? new ExportEnd(types, assets, archived)
            : null;
}
