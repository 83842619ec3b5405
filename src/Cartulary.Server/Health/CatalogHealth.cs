using System.Data.Common;
using System.Net.Sockets;
using Cartulary.Core.Ports;
using Cartulary.Server.Delivery;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Health;

/// <summary>Tells whether the server can do its work.</summary>
internal sealed class CatalogHealth(
    ICatalogStore store,
    Func<CancellationToken, ValueTask<DeliveryTrouble?>> deliveries,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<CatalogHealth> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private volatile string? _fault;

    /// <summary>Notes a fault that does not go away by itself, such as a hole in the log.</summary>
    public void Report(string fault) => _fault = fault;

    /// <summary>Why the server is not ready, or null when it is.</summary>
    public async ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "the server is stopping";
        }

        return _fault ?? await WhyNotUsableAsync(cancellationToken);
    }

    private async ValueTask<string?> WhyNotUsableAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await using (await store.ReadAsync(either.Token))
            {
            }

            return Told(await deliveries(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the store did not answer within {Patience.TotalSeconds} seconds";
        }
        catch (StoreUnavailableException away)
        {
            logger.StoreNotReadable(away);
            return $"the database cannot be used ({ReasonOf(away)})";
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The answer is open to all, and a message may name files.
            logger.StoreNotReadable(problem);
            return $"the store cannot be read ({problem.GetType().Name}); the server's log tells more";
        }
    }

    private string? Told(DeliveryTrouble? trouble)
    {
        switch (trouble)
        {
            case DeliveryTrouble.NotWritable { Failure: var failure }:
                logger.DeliveriesNotWritable(failure);
                return failure is StoreFailureException { Trouble: StoreTrouble.Full }
                    ? "there is no room left to store what is delivered"
                    : $"what is delivered cannot be stored ({ReasonOf(failure)}); the server's log tells more";
            case DeliveryTrouble.NoLease:
                return "leases cannot be renewed, so nothing is sent to webhooks";
            default:
                return null;
        }
    }

    /// <summary>What kind of failure it is, without names of hosts or databases.</summary>
    private static string ReasonOf(Exception problem) => problem switch
    {
        DbException { SqlState: { } state } => $"SQLSTATE {state}",
        SocketException socket => socket.SocketErrorCode.ToString(),
        TimeoutException => "timeout",
        { InnerException: { } inner } => ReasonOf(inner),
        _ => problem.GetType().Name,
    };
}
