using System.Collections.Frozen;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Types;

/// <summary>
/// Gives the registry that belongs to a snapshot. The newest one is kept; another is built when a snapshot shows that the
/// types have changed, by this process or another.
/// </summary>
public sealed class TypeRegistrySource
{
    private readonly FrozenSet<string> _builtIn;
    private volatile TypeRegistry _newest;

    private TypeRegistrySource(TypeRegistry newest, TypesDef builtIn)
    {
        _newest = newest;
        _builtIn = builtIn.All().Select(definition => definition.Name).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The newest registry this process has seen.</summary>
    public TypeRegistry Newest => _newest;

    /// <summary>Whether the program itself defines a type of that name.</summary>
    public bool IsBuiltIn(string name) => _builtIn.Contains(name);

    /// <summary>
    /// Reads the types of a store, after writing those of the built-in model that it lacks or has otherwise. Several
    /// processes may do so at once.
    /// </summary>
    public static async Task<TypeRegistrySource> OpenAsync(
        ICatalogStore store, TypesDef builtIn, CommitContext context, TimeProvider clock, Func<Guid> newGuid, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var session = await store.ReadAsync(cancellationToken);
            var stored = await session.TypesAsync(cancellationToken);
            var missing = TypeInstaller.Plan(stored, builtIn, context.Actor, clock.GetUtcNow().ToUnixTimeMilliseconds(), newGuid);
            if (missing.IsEmpty)
            {
                return new TypeRegistrySource(TypeRegistryBuilder.Build(session.Head.RegistryVersion, stored, await session.SettingsAsync(cancellationToken)), builtIn);
            }

            await store.CommitTypesAsync(missing, session.Head.RegistryVersion, context, guard: null, cancellationToken);
        }
    }

    /// <summary>The registry of a snapshot.</summary>
    public async ValueTask<TypeRegistry> ForAsync(IReadSession session, CancellationToken cancellationToken)
    {
        var newest = _newest;
        if (newest.Version == session.Head.RegistryVersion)
        {
            return newest;
        }

        var registry = TypeRegistryBuilder.Build(
            session.Head.RegistryVersion, await session.TypesAsync(cancellationToken), await session.SettingsAsync(cancellationToken));
        if (registry.Version > _newest.Version)
        {
            _newest = registry;
        }

        return registry;
    }
}
