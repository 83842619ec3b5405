using Cartulary.Core.Ports;

namespace Cartulary.Storage.Sqlite;

/// <summary>
/// Leases in memory: a catalog in a file belongs to one process, and work that outlives it has nobody to compete with. Epochs
/// begin at the time of the start, so that they rise from run to run too.
/// </summary>
internal sealed class SqliteLeases(TimeProvider clock) : ILeases
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, (Lease Lease, long Expires)> _held = new(StringComparer.Ordinal);
    private long _epoch = clock.GetUtcNow().ToUnixTimeMilliseconds();

    public ValueTask<Lease?> TryTakeAsync(string name, Guid owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_changing)
        {
            if (!_held.TryGetValue(name, out var held) || HasRunOut(held.Expires))
            {
                held.Lease = new Lease(name, owner, ++_epoch);
            }
            else if (held.Lease.Owner != owner)
            {
                return new(result: null);
            }

            _held[name] = (held.Lease, FromNow());
            return new(held.Lease);
        }
    }

    public ValueTask<bool> RenewAsync(Lease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_changing)
        {
            var isHeld = _held.TryGetValue(lease.Name, out var held) && held.Lease == lease && !HasRunOut(held.Expires);
            if (isHeld)
            {
                _held[lease.Name] = (lease, FromNow());
            }

            return new(isHeld);
        }
    }

    public ValueTask ReleaseAsync(Lease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_changing)
        {
            if (_held.TryGetValue(lease.Name, out var held) && held.Lease == lease)
            {
                _held.Remove(lease.Name);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<int> CountAsync(string prefix, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_changing)
        {
            return new(_held.Count(held => held.Key.StartsWith(prefix, StringComparison.Ordinal) && !HasRunOut(held.Value.Expires)));
        }
    }

    private long FromNow() => clock.GetTimestamp() + (long)(ILeases.LastsFor.TotalSeconds * clock.TimestampFrequency);

    private bool HasRunOut(long expires) => clock.GetTimestamp() >= expires;
}
