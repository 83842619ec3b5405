using System.Diagnostics;
using System.Globalization;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>The client when it has several servers: it sends each request, with a key, to one after the other until one answers.</summary>
public sealed partial class LoadClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromMinutes(2);

    /// <summary>The longest time that a request took to be acknowledged, however often it was sent.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>Sends one request after another until told to end; the last one is finished.</summary>
    public async Task RunAsync(ServerFleet fleet, CancellationToken over, CancellationToken cancellationToken)
    {
        using var client = CatalogHttp.ClientFor(fleet[0].Address);
        while (!over.IsCancellationRequested)
        {
            var (method, path, body, attempt) = NextAttempt($"c{number}-{_count++}");
            Attempts.Add(attempt);
            var began = Stopwatch.GetTimestamp();
            while (!await TryAsync(client, fleet, (method, path, body), attempt, cancellationToken))
            {
                Stopwatch.GetElapsedTime(began).ShouldBeLessThan(GivenUpAfter, $"{attempt.Id} is not answered by any server");
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }

            LongestWait = TimeSpan.FromTicks(Math.Max(LongestWait.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
            attempt.Applied();
        }
    }

    private async Task<bool> TryAsync(
        HttpClient client, ServerFleet fleet, (HttpMethod Method, string Path, string? Body) request, Attempt attempt, CancellationToken cancellationToken)
    {
        var server = fleet[(number + attempt.Sends) % fleet.Count];
        attempt.Sends++;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            KeyValuePair<string, string>[] headers =
            [
                new(Header, attempt.Id), new("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"{seed}-{attempt.Id}")),
            ];
            var url = new Uri(server.Address, $"/api/meta/entity/{request.Path}").AbsoluteUri;
            var reply = await CatalogHttp.SendAsync(client, request.Method, url, request.Body, headers, patience.Token);
            reply.Status.ShouldBeOneOf([200, 503], $"{attempt.Id}: {reply.Body}");
            attempt.Status = reply.Status;
            attempt.IsReplayed = reply.Headers.ContainsKey("Idempotent-Replayed");
            return attempt.IsAcknowledged;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
