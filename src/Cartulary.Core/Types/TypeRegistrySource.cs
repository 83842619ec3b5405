using System.Collections.Frozen;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Types;

/// <summary>
/// Gives the registry that belongs to a snapshot. The newest one is kept; another is built when a snapshot shows that the
/// types have changed, by this process or another, or that another log has taken the place of the one before: a log that has lost
/// its end gives versions again, to other types.
/// </summary>
public sealed class TypeRegistrySource
{
    private readonly FrozenSet<string> _builtIn;
    private volatile Known _newest;
    private volatile Making? _making;

    private TypeRegistrySource(Known newest, TypesDef builtIn)
    {
        _newest = newest;
        _builtIn = builtIn.All().Select(definition => definition.Name).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The newest registry this process has seen.</summary>
    public TypeRegistry Newest => _newest.Registry;

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
                var registry = TypeRegistryBuilder.Build(session.Head.RegistryVersion, stored, await session.SettingsAsync(cancellationToken));
                return new TypeRegistrySource(new Known(session.Head.LogId, registry), builtIn);
            }

            await store.CommitTypesAsync(missing, session.Head.RegistryVersion, context, guard: null, cancellationToken);
        }
    }

    /// <summary>The registry as it is now, whoever has changed the types of the store.</summary>
    public async ValueTask<TypeRegistry> SeeAsync(ICatalogStore store, CancellationToken cancellationToken) =>
        await ForAsync(store, await store.SeeHeadAsync(cancellationToken), cancellationToken);

    /// <summary>The registry of a head that was seen, or of a later one.</summary>
    public async ValueTask<TypeRegistry> ForAsync(ICatalogStore store, CatalogHead head, CancellationToken cancellationToken)
    {
        if (FindFor(head) is { } kept)
        {
            return kept;
        }

        await using var session = await store.ReadAsync(cancellationToken);
        return await ForAsync(session, cancellationToken);
    }

    /// <summary>The registry of a snapshot.</summary>
    public async ValueTask<TypeRegistry> ForAsync(IReadSession session, CancellationToken cancellationToken)
    {
        if (FindFor(session.Head) is { } kept)
        {
            return kept;
        }

        // Whoever reads after a change needs the same registry at the same time: one of them makes it.
        if (_making is { } other && other.IsFor(session.Head) && await other.WaitAsync(cancellationToken) is { } made)
        {
            return made;
        }

        var making = _making = new Making(session.Head);
        TypeRegistry? registry = null;
        try
        {
            registry = TypeRegistryBuilder.Build(
                session.Head.RegistryVersion, await session.TypesAsync(cancellationToken), await session.SettingsAsync(cancellationToken));
            if (_newest is var newest && (newest.Log != session.Head.LogId || newest.Registry.Version < registry.Version))
            {
                _newest = new Known(session.Head.LogId, registry);
            }

            return registry;
        }
        finally
        {
            making.End(registry);
            Interlocked.CompareExchange(ref _making, null, making);
        }
    }

    private TypeRegistry? FindFor(CatalogHead head) =>
        _newest is var newest && newest.Log == head.LogId && newest.Registry.Version == head.RegistryVersion ? newest.Registry : null;

    /// <summary>A registry, and the log that its version is of.</summary>
    private sealed record Known(Guid Log, TypeRegistry Registry);

    /// <summary>A registry that is being made. Whoever else needs it makes another when that fails, or when its reader is held up.</summary>
    private sealed class Making(CatalogHead head)
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
        private readonly TaskCompletionSource<TypeRegistry?> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsFor(CatalogHead other) => other.LogId == head.LogId && other.RegistryVersion == head.RegistryVersion;

        public async ValueTask<TypeRegistry?> WaitAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await _made.Task.WaitAsync(Patience, cancellationToken);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }

        public void End(TypeRegistry? registry) => _made.SetResult(registry);
    }
}
