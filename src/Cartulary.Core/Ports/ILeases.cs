namespace Cartulary.Core.Ports;

/// <summary>
/// Work that one server at a time may do, by name. Who holds a lease renews it every <see cref="RenewEvery"/>; who does not,
/// loses it after <see cref="LastsFor"/>, by the clock of the database. So after a server has died, another one that asks
/// every <see cref="RenewEvery"/> has its work within 12 seconds.
/// </summary>
public interface ILeases
{
    /// <summary>How long a lease lasts when it is not renewed.</summary>
    static TimeSpan LastsFor { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How often its holder renews it, and how often others ask for it.</summary>
    static TimeSpan RenewEvery { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Takes a lease that nobody holds, or goes on with one that the owner holds.</summary>
    /// <param name="name">The work.</param>
    /// <param name="owner">Names the server, and this run of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lease, or null while another owner holds it.</returns>
    ValueTask<Lease?> TryTakeAsync(string name, Guid owner, CancellationToken cancellationToken);

    /// <summary>Makes a lease last anew.</summary>
    /// <returns>False when it is lost: it has run out, whether or not another owner has taken it.</returns>
    ValueTask<bool> RenewAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>Gives a lease back, so that another owner need not wait; nothing happens when it is lost.</summary>
    ValueTask ReleaseAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>How many leases are held whose names begin so.</summary>
    ValueTask<int> CountAsync(string prefix, CancellationToken cancellationToken);
}
