using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Exchange;

/// <summary>Reads a file that an export has written, a line at a time.</summary>
internal static class ExportFile
{
    /// <summary>The version of the format that this program reads.</summary>
    public const int Version = 1;

    private const int LongestEnd = 4_096;

    /// <summary>What the last line says the file holds; fails when the file does not end as an export does.</summary>
    public static async Task<ExportEnd> ReadEndAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        stream.Seek(-Math.Min(stream.Length, LongestEnd), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var tail = await reader.ReadToEndAsync(cancellationToken);
        var last = tail.EndsWith('\n') ? tail.TrimEnd('\n').Split('\n')[^1] : "";
        return ExportEnd.TryParse(last) ?? throw new EntityFileException($"{file} is not whole: an export ends with a line that says so. Export it again.");
    }

    /// <summary>The lines with their numbers; the first one, which says what the file is, is checked and left out.</summary>
    public static async IAsyncEnumerable<(int Number, string Name, JsonElement Value)> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file, Encoding.UTF8);
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            var (name, value) = Parse(file, number, line);
            if (number > 1)
            {
                yield return (number, name, value);
            }
            else if (name != "cartularyExport" || value.ValueKind != JsonValueKind.Number || value.GetInt32() != Version)
            {
                throw new EntityFileException($"{file} is no export that this program can read: it begins with {name} {value}, and not with cartularyExport {Version}");
            }
        }
    }

    private static (string Name, JsonElement Value) Parse(string file, int number, string line)
    {
        try
        {
            var json = JsonElement.Parse(line);
            if (json.ValueKind == JsonValueKind.Object && json.EnumerateObject().ToList() is [var one])
            {
                return (one.Name, one.Value);
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new EntityFileException($"{file}: line {number} is no line of an export");
    }
}
