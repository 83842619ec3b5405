using System.Collections.Immutable;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Query;

/// <content>Lists of glossaries.</content>
public sealed partial class AssetReader
{
    /// <summary>Comes after every name.</summary>
    private static readonly string Last = char.ConvertFromUtf32(0x10FFFF);

    /// <summary>Glossaries in use by name, some of them passed over and at most so many given.</summary>
    public async ValueTask<ImmutableArray<AssetView>> GetGlossariesAsync(bool isDescending, int offset, int limit, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var found = await session.FindBetweenAsync(DerivedKeys.GlossaryName, "", Last, onlyInUse: true, cancellationToken);
        var inOrder = isDescending ? found : [.. found.Reverse()];
        return await ViewAsync(new PastView(session, session.Head.Commit), registry, [.. inOrder.Skip(offset).Take(limit)], withEdges: true, cancellationToken);
    }
}
