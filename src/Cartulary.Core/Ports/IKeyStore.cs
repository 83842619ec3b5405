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

    /// <summary>Revokes a key for good.</summary>
    /// <returns>Whether there was such a key in use.</returns>
    ValueTask<bool> RevokeAsync(string id, long time, CancellationToken cancellationToken);
}
