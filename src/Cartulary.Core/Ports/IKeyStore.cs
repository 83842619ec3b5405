using System.Collections.Immutable;

namespace Cartulary.Core.Ports;

/// <summary>Keeps the API keys of a catalog. Every change is durable when its call returns; none of them is an event.</summary>
public interface IKeyStore
{
    /// <summary>Keeps a new key. Fails when its id or hash is taken.</summary>
    ValueTask AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Every key, revoked ones included, oldest first.</summary>
    ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The key in use that has this hash, or null; a revoked key is not found.</summary>
    ValueTask<ApiKey?> FindByHashAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken);

    /// <summary>
    /// Revokes a key for good, unless it is the last one in use with a role that must stay in use. Of calls at the same time,
    /// also from several servers, one at least leaves a key with that role.
    /// </summary>
    /// <param name="id">The key.</param>
    /// <param name="lastingRole">The role of which one key must stay in use.</param>
    /// <param name="time">When, epoch milliseconds.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<KeyRevocation> RevokeAsync(string id, string lastingRole, long time, CancellationToken cancellationToken);
}
