using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>Finds the types of one category by number and by both their names.</summary>
internal sealed class TypeIndex<T>
    where T : class
{
    private readonly FrozenDictionary<int, T> _byId;
    private readonly FrozenDictionary<string, T> _byName;
    private readonly FrozenDictionary<string, T> _byDisplayName;

    public TypeIndex(IEnumerable<T> types, Func<T, int> id, Func<T, string> name, Func<T, string> displayName)
    {
        All = [.. types.OrderBy(id)];
        _byId = All.ToFrozenDictionary(id);
        _byName = All.ToFrozenDictionary(name, StringComparer.Ordinal);
        _byDisplayName = All.DistinctBy(displayName, StringComparer.Ordinal).ToFrozenDictionary(displayName, StringComparer.Ordinal);
    }

    /// <summary>All of them, in the order they were defined.</summary>
    public ImmutableArray<T> All { get; }

    public T WithId(int id) => _byId[id];

    public T? Named(string name) => _byName.GetValueOrDefault(name);

    public T? Displayed(string displayName) => _byDisplayName.GetValueOrDefault(displayName);
}
