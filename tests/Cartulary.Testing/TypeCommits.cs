using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Testing;

/// <summary>Puts types into a store directly, as a test needs them.</summary>
public static class TypeCommits
{
    /// <summary>Commits those definitions that a store lacks or has otherwise, with the names they have, and gives the registry that holds them.</summary>
    public static async Task<TypeRegistry> DefineAsync(this TypeRegistrySource source, ICatalogStore store, TypesDef types)
    {
        var context = new CommitContext(Guid.CreateVersion7(), "typer", "test", DeleteHandler: null, ImmutableSortedDictionary<string, string>.Empty);
        while (true)
        {
            await using (var session = await store.ReadAsync(CancellationToken.None))
            {
                var changes = TypeInstaller.Plan(await session.TypesAsync(CancellationToken.None), types, context.Actor, session.Head.Time, Guid.CreateVersion7);
                if (changes.IsEmpty)
                {
                    return await source.ForAsync(session, CancellationToken.None);
                }

                await store.CommitTypesAsync(changes, session.Head.RegistryVersion, context, CancellationToken.None);
            }
        }
    }
}
