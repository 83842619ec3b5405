using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;
using Cartulary.Core.Types;

namespace Cartulary.Simulation;

/// <summary>An asset as a read shows it: values as JSON, live edges by relationship attribute and partner.</summary>
internal sealed record Observed(
    long Version,
    ImmutableSortedDictionary<string, string> Attributes,
    ImmutableArray<string> Labels,
    ImmutableSortedDictionary<string, string> CustomAttributes,
    ImmutableDictionary<(string End, Guid Partner), string> Edges)
{
    public static Observed From(AssetView view) => new(
        view.Asset.Version,
        Values(view.Asset.State, view.Registry),
        view.Asset.State.Labels,
        view.Asset.State.CustomAttributes,
        view.Ends.SelectMany(end => end.Edges.Where(edge => edge.Edge.IsLive).Select(edge => (end.End.Name, edge)))
            .ToImmutableDictionary(pair => (pair.Name, pair.edge.Other.Guid), pair => Show(pair.edge.Edge.Attributes, view.Registry)));

    /// <summary>The attributes that differ, with their JSON before and after; the word null for none.</summary>
    public static Dictionary<string, (string Before, string After)> Differences(Observed before, Observed after) =>
        before.Attributes.Keys.Union(after.Attributes.Keys, StringComparer.Ordinal)
            .Select(name => (Name: name, Before: before.Attributes.GetValueOrDefault(name, "null"), After: after.Attributes.GetValueOrDefault(name, "null")))
            .Where(entry => entry.Before != entry.After)
            .ToDictionary(entry => entry.Name, entry => (entry.Before, entry.After), StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> Values(AssetState state, TypeRegistry registry) =>
        state.Attributes.ToImmutableSortedDictionary(attribute => registry.Attribute(attribute.AttributeId).Name, attribute => Show(attribute.Value, registry), StringComparer.Ordinal);

    private static string Show(AssetState state, TypeRegistry registry) =>
        $"{{{string.Join(",", Values(state, registry).Select(entry => $"\"{entry.Key}\":{entry.Value}"))}}}";

    private static string Show(CanonicalValue value, TypeRegistry registry)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            ValueJson.Write(writer, value, registry);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
