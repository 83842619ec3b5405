using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Auth;

/// <summary>
/// Makes, lists and revokes keys. A change counts on this server when its call returns, and on others after the times that
/// <see cref="AuthOptions"/> gives.
/// </summary>
internal sealed class KeyDesk(IKeyStore store, KeyRing ring, IIdSource ids, TimeProvider clock, ILogger<KeyDesk> logger)
{
    /// <summary>Every key, revoked ones included, oldest first.</summary>
    public ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    /// <summary>Makes a key. The secret is in the result and nowhere else.</summary>
    public async ValueTask<(ApiKey Key, string Secret)> CreateAsync(string name, string role, string actor, CancellationToken cancellationToken)
    {
        var secret = RandomIds.NewSecret();
        var key = new ApiKey(
            ids.NewGuid().ToString("D"), name, role, [.. KeyHash.Of(secret).ToBytes()], clock.GetUtcNow().ToUnixTimeMilliseconds(), Revoked: null);
        await store.AddAsync(key, cancellationToken);
        logger.KeyCreated(actor, key.Id, name, role);
        await ring.RefreshAsync(CancellationToken.None);
        return (key, secret);
    }

    /// <summary>
    /// Revokes a key, unless it is the last administrator's. Revoking one that is revoked already changes nothing and is no
    /// mistake, so that a request can be sent again.
    /// </summary>
    /// <returns>The key as it is now, and whether it had to stay in use; null when there is none with that id.</returns>
    public async ValueTask<(ApiKey Key, bool IsLast)?> RevokeAsync(string id, string actor, CancellationToken cancellationToken)
    {
        var time = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var outcome = await store.RevokeAsync(id, KeyRoles.Administrator, time, cancellationToken);
        await ring.RefreshAsync(CancellationToken.None);
        var key = (await store.ListAsync(CancellationToken.None)).FirstOrDefault(key => key.Id == id);
        if (key is null)
        {
            return null;
        }

        if (outcome == KeyRevocation.Revoked)
        {
            logger.KeyRevoked(actor, id, key.Name);
        }

        return (key, outcome == KeyRevocation.LastOfRole);
    }
}
