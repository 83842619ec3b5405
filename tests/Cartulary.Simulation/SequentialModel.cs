namespace Cartulary.Simulation;

/// <summary>
/// A catalog as simple as can be, changed by one event after the other. It notices a change that does not begin where the last
/// one ended, which is how a lost update would show, and a relationship that only one of its ends was told of.
/// </summary>
internal sealed class SequentialModel
{
    private readonly List<string> _faults = [];

    public Dictionary<Guid, ModelAsset> Assets { get; } = [];

    public IReadOnlyList<string> Faults => _faults;

    public void Apply(ToldEvent told)
    {
        if (!Assets.TryGetValue(told.Guid, out var asset))
        {
            Assets.Add(told.Guid, asset = new ModelAsset());
        }

        foreach (var (name, value) in told.Before is { } before ? ToldEvent.Attributes(before) : [])
        {
            Expect(told, $"{name} before", value, asset.Attributes.GetValueOrDefault(name, "null"));
        }

        foreach (var (name, value) in ToldEvent.Attributes(told.After))
        {
            asset.Set(name, value);
        }

        var isCreation = told.Operation == "ENTITY_CREATE";
        foreach (var (key, _) in ToldEvent.Edges(told.After, "removedRelationshipAttributes"))
        {
            Expect(told, $"{key} removed", "there", asset.Edges.Remove(key) ? "there" : "absent");
        }

        foreach (var (key, attributes) in ToldEvent.Edges(told.After, isCreation ? "relationshipAttributes" : "addedRelationshipAttributes"))
        {
            Expect(told, $"{key} added", "absent", asset.Edges.TryAdd(key, attributes) ? "absent" : "there");
        }

        foreach (var (key, attributes) in ToldEvent.Edges(told.After, "updatedRelationshipAttributes"))
        {
            Expect(told, $"{key} changed", "there", asset.Edges.ContainsKey(key) ? "there" : "absent");
            asset.Edges[key] = attributes;
        }
    }

    private void Expect(ToldEvent told, string what, string said, string known)
    {
        if (said != known)
        {
            _faults.Add($"event {told.Sequence}, asset {told.Guid}: {what} is said to be {said} and was {known}");
        }
    }

    /// <summary>An asset of the model.</summary>
    internal sealed class ModelAsset
    {
        public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

        public Dictionary<(string End, Guid Partner), string> Edges { get; } = [];

        public void Set(string name, string value)
        {
            if (value == "null")
            {
                Attributes.Remove(name);
            }
            else
            {
                Attributes[name] = value;
            }
        }
    }
}
