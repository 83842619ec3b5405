using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Lucene.Net.Index;

namespace Cartulary.Search.Following;

/// <summary>A state of the index: exactly that of the catalog right after a commit.</summary>
/// <param name="Reader">The state; whoever uses it takes it first.</param>
/// <param name="LogId">The log that the commit is of.</param>
/// <param name="Sequence">The last event of that commit and those before it.</param>
/// <param name="Registry">The types.</param>
/// <param name="Documents">How many assets it holds.</param>
internal sealed record IndexView(DirectoryReader Reader, Guid LogId, long Sequence, TypeRegistry Registry, int Documents)
{
    /// <summary>Whether it is a state of a head's log and not older than the head.</summary>
    public bool Reaches(CatalogHead head) => LogId == head.LogId && Sequence >= head.Sequence && Registry.Version >= head.RegistryVersion;

    /// <summary>Takes the state for use; false when it has been closed meanwhile. Whoever took it gives it back.</summary>
    public bool TryTake() => Reader.TryIncRef();

    /// <summary>Gives it back.</summary>
    public void GiveBack() => Reader.DecRef();
}
