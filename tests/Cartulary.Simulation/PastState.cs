using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;

namespace Cartulary.Simulation;

/// <summary>What an asset consists of: the part of a read that events tell.</summary>
internal sealed record PastState(string Status, Observed Seen)
{
    public static PastState Nothing { get; } = new(
        "",
        new Observed(
            0,
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
            [],
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
            ImmutableDictionary<(string End, Guid Partner), string>.Empty));

    public static PastState From(AssetView view) =>
        new(view.Asset.Status == AssetStatus.Active ? "ACTIVE" : "DELETED", Observed.From(view));

    /// <summary>The state after what details tell.</summary>
    public PastState After(JsonElement details, string gained)
    {
        var attributes = Seen.Attributes;
        foreach (var (name, value) in ToldEvent.Attributes(details))
        {
            attributes = value == "null" ? attributes.Remove(name) : attributes.SetItem(name, value);
        }

        var edges = Seen.Edges.RemoveRange(ToldEvent.Edges(details, "removedRelationshipAttributes").Keys)
            .SetItems(ToldEvent.Edges(details, gained))
            .SetItems(ToldEvent.Edges(details, "updatedRelationshipAttributes"));
        return new PastState(
            details.TryGetProperty("status", out var status) ? status.GetString()! : Status,
            Seen with
            {
                Attributes = attributes,
                Labels = details.TryGetProperty("labels", out var labels) ? [.. labels.EnumerateArray().Select(label => label.GetString()!)] : Seen.Labels,
                CustomAttributes = details.TryGetProperty("customAttributes", out var custom)
                    ? custom.EnumerateObject().ToImmutableSortedDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal)
                    : Seen.CustomAttributes,
                Edges = edges,
            });
    }

    public bool IsAs(PastState other) => Show() == other.Show();

    public void ShouldBeAs(PastState other) => Show().ShouldBe(other.Show());

    private string Show() => string.Join(
        '\n',
        [
            Status,
            .. Seen.Attributes.Select(entry => $"{entry.Key}={entry.Value}"),
            string.Join(',', Seen.Labels),
            .. Seen.CustomAttributes.Select(entry => $"{entry.Key}={entry.Value}"),
            .. Seen.Edges.Select(edge => $"{edge.Key.End} {edge.Key.Partner} {edge.Value}").Order(StringComparer.Ordinal),
        ]);
}
