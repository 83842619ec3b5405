using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Exchange;

/// <summary>Which assets an export holds.</summary>
/// <param name="TypeNames">Those of these types and their subtypes; all when empty.</param>
/// <param name="Under">Those of this qualified name and below it; all when null.</param>
internal sealed record ExportChoice(ImmutableArray<string> TypeNames, string? Under)
{
    /// <summary>The choice as parameters of a query.</summary>
    public IEnumerable<string> ToQuery() =>
        TypeNames.Select(name => $"typeName={Uri.EscapeDataString(name)}").Concat(Under is null ? [] : new[] { $"under={Uri.EscapeDataString(Under)}" });

    /// <summary>Reads a choice that <see cref="Write"/> wrote.</summary>
    public static ExportChoice Read(JsonElement json) => new(
        [.. json.Member("typeNames") is { ValueKind: JsonValueKind.Array } names ? names.EnumerateArray().Select(name => name.GetString() ?? "") : []],
        json.Text("under"));

    /// <summary>Writes the choice into an object that is open.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("typeNames"u8);
        foreach (var name in TypeNames)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteString("under"u8, Under);
    }

    /// <summary>Whether both choose the same assets.</summary>
    public bool IsSameAs(ExportChoice other) => Under == other.Under && TypeNames.ToHashSet(StringComparer.Ordinal).SetEquals(other.TypeNames);
}
