using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Server.Hosting;

namespace Cartulary.Server.Auth;

/// <summary>Sees to it that somebody can get in: the key that the settings give, or a new one for a catalog without any.</summary>
internal static class FirstKey
{
    private const string Name = "admin";

    /// <summary>Stores the given key's hash when it is unknown, or makes a key; returns a made key, which nobody sees again.</summary>
    /// <exception cref="InvalidOperationException">The given key has been revoked.</exception>
    public static async Task<string?> EnsureAsync(
        IKeyStore store, string? given, IIdSource ids, TimeProvider clock, CancellationToken cancellationToken)
    {
        var keys = await store.ListAsync(cancellationToken);
        if (given is null && !keys.IsEmpty)
        {
            return null;
        }

        var secret = given ?? RandomIds.NewSecret();
        var hash = ImmutableArray.Create(KeyHash.Of(secret).ToBytes());
        if (keys.FirstOrDefault(key => key.Hash.AsSpan().SequenceEqual(hash.AsSpan())) is { } known)
        {
            return known.Revoked is null
                ? null
                : throw new InvalidOperationException($"The key in {Settings.AdministratorKeyName} has been revoked: give another one.");
        }

        var created = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await store.AddAsync(new ApiKey(ids.NewGuid().ToString("D"), Name, KeyRoles.Administrator, hash, created, Revoked: null), cancellationToken);
        return given is null ? secret : null;
    }
}
