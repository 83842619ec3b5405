using System.Collections.Frozen;
using Cartulary.Core.Ports;
using Cartulary.Server.Hosting;

namespace Cartulary.Server.Auth;

/// <summary>
/// The keys in use, remembered by hash. An unknown key makes it read the stored ones again, at most once in a while, so that
/// guessing costs no reads of the store; known ones are read again now and then, so that a revoked key ends.
/// </summary>
internal sealed class KeyRing(IKeyStore store, AuthOptions options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private volatile Known _known = new(FrozenDictionary<KeyHash, Principal>.Empty, long.MinValue);

    /// <summary>The holder of a key, or null when it is not in use.</summary>
    public async ValueTask<Principal?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var hash = KeyHash.Of(key);
        var known = _known;
        var holder = known.Holders.GetValueOrDefault(hash);
        if (IsYounger(known, holder is null ? options.RefreshSeconds : options.RememberSeconds))
        {
            return holder;
        }

        return (await RefreshAsync(known, cancellationToken)).Holders.GetValueOrDefault(hash);
    }

    /// <summary>Reads the stored keys again, so that a change made before this call counts here from now on.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _known = await ReadAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private bool IsYounger(Known known, int seconds) =>
        known.ReadAt != long.MinValue && clock.GetElapsedTime(known.ReadAt) < TimeSpan.FromSeconds(seconds);

    /// <summary>Reads the stored keys, once for all who find the same ones too old.</summary>
    private async ValueTask<Known> RefreshAsync(Known tooOld, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_known == tooOld)
            {
                _known = await ReadAsync(cancellationToken);
            }

            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<Known> ReadAsync(CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        var keys = await store.ListAsync(cancellationToken);
        var holders = keys.Where(key => key.Revoked is null)
            .ToFrozenDictionary(key => KeyHash.From(key.Hash.AsSpan()), key => new Principal(key.Name, KeyRoles.Of(key.Role)));
        return new Known(holders, readAt);
    }

    private sealed record Known(FrozenDictionary<KeyHash, Principal> Holders, long ReadAt);
}
