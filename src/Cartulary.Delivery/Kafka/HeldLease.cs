using Cartulary.Core.Ports;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Kafka;

/// <summary>A lease that is renewed until it is disposed, which gives it back.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    /// <summary>A server that could not renew a lease stops sending before others may take it.</summary>
    private static readonly TimeSpan SendsFor = ILeases.LastsFor - TimeSpan.FromSeconds(3);

    private readonly ILeases _leases;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _renewing;

    private HeldLease(Lease lease, ILeases leases, TimeProvider clock, ILogger logger, long begun)
    {
        Lease = lease;
        _leases = leases;
        _clock = clock;
        _logger = logger;
        _lost = new CancellationTokenSource(Left(begun), clock);
        _renewing = RenewAsync();
    }

    /// <summary>The lease.</summary>
    public Lease Lease { get; }

    /// <summary>Is cancelled when nothing may be sent any more.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes a lease; null while another owner holds it.</summary>
    public static async Task<HeldLease?> TryTakeAsync(
        ILeases leases, string name, Guid owner, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        return await leases.TryTakeAsync(name, owner, cancellationToken) is { } lease ? new HeldLease(lease, leases, clock, logger, begun) : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _renewing;
        try
        {
            await _leases.ReleaseAsync(Lease, CancellationToken.None);
        }
#pragma warning disable CA1031 // It runs out by itself.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            _logger.KeepingFailed(problem);
        }

        _end.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        await Task.Yield();
        while (true)
        {
            await Task.Delay(ILeases.RenewEvery, _clock, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_end.IsCancellationRequested)
            {
                return;
            }

            var begun = _clock.GetTimestamp();
            try
            {
                if (await _leases.RenewAsync(Lease, CancellationToken.None))
                {
                    _lost.CancelAfter(Left(begun));
                }
                else
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
#pragma warning disable CA1031 // The store may be away: the lease runs out by itself, and the next try may succeed.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                _logger.KeepingFailed(problem);
            }
        }
    }

    private TimeSpan Left(long begun) => SendsFor - _clock.GetElapsedTime(begun) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
}
