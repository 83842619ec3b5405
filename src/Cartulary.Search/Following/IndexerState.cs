using Cartulary.Core.Types;
using Cartulary.Search.Indexing;

namespace Cartulary.Search.Following;

/// <summary>What the index holds while it is written.</summary>
/// <param name="LogId">The log that it follows.</param>
/// <param name="Sequence">The last event that it holds.</param>
/// <param name="Registry">The types with which it was last written.</param>
/// <param name="Marks">What its documents depend on of them.</param>
internal sealed record IndexerState(Guid LogId, long Sequence, TypeRegistry Registry, IReadOnlySet<ulong> Marks)
{
    /// <summary>The stamp of this state.</summary>
    public IndexStamp Stamp => new(LogId, Sequence, Marks);

    /// <summary>
    /// The state with other types; null when documents would be others with them. What the types had before and have no more
    /// makes others too, although nothing stored can depend on it: that is rare.
    /// </summary>
    public IndexerState? With(TypeRegistry registry)
    {
        if (registry.Version == Registry.Version)
        {
            return this;
        }

        var marks = IndexStamp.MarksOf(registry);
        return Marks.IsSubsetOf(marks) ? this with { Registry = registry, Marks = marks } : null;
    }
}
