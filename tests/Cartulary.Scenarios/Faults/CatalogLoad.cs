using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>Clients that save at once, four unless told otherwise, and the check of what they were promised.</summary>
public sealed class CatalogLoad(int seed, int clients = 4)
{
    private const int Sample = 40;
    private readonly LoadClient[] _clients = [.. Enumerable.Range(0, clients).Select(number => new LoadClient(number, seed))];
    private readonly FeedHistory _history = new();
    private readonly Random _random = new(seed);
    private readonly HashSet<Attempt> _checked = [];

    /// <summary>How many requests have been acknowledged, and how many were left without an answer.</summary>
    public (int Acknowledged, int Unanswered, long Events) Counts => (
        _clients.Sum(client => client.Attempts.Count(attempt => attempt.IsAcknowledged)),
        _clients.Sum(client => client.Attempts.Count(attempt => attempt.IsUnanswered)),
        _history.Position);

    /// <summary>How many requests had to be sent again, and how many of those got the answer of an earlier send.</summary>
    public (int Repeated, int Replayed) Repetitions => (
        _clients.Sum(client => client.Attempts.Count(attempt => attempt.Sends > 1)),
        _clients.Sum(client => client.Attempts.Count(attempt => attempt.IsReplayed)));

    /// <summary>The longest time that a request, sent again as often as need be, took to be acknowledged.</summary>
    public TimeSpan LongestWait => _clients.Max(client => client.LongestWait);

    /// <summary>Requests that took effect although their clients got no answer.</summary>
    public List<string> UnansweredAndTold =>
        [.. _clients.SelectMany(client => client.Attempts).Where(attempt => attempt.IsUnanswered && _history.EventsOf(attempt).Count > 0).Select(attempt => attempt.Id)];

    /// <summary>Makes what all clients share.</summary>
    public static async Task PrepareAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", LoadClient.SchemaBody, [], cancellationToken)).Success();
    }

    /// <summary>Runs the clients until the server goes away.</summary>
    public Task RunAsync(ServerProcess server, CancellationToken cancellationToken) =>
        Task.WhenAll(_clients.Select(client => client.RunAsync(server.Address, cancellationToken)));

    /// <summary>Waits while the clients run until so many requests have been acknowledged in all, however slow the machine is.</summary>
    public async Task UntilAcknowledgedAsync(int count, CancellationToken cancellationToken)
    {
        while (_clients.Sum(static client => client.Acknowledged) < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }

    /// <summary>Runs the clients on several servers until told to end; every request is sent until it is acknowledged.</summary>
    public Task RunAsync(ServerFleet fleet, CancellationToken over, CancellationToken cancellationToken) =>
        Task.WhenAll(_clients.Select(client => client.RunAsync(fleet, over, cancellationToken)));

    /// <summary>
    /// Each acknowledged request is told whole; each other one is told whole or not at all; and a sample of assets reads as the
    /// feed tells them.
    /// </summary>
    public async Task CheckAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        await _history.CatchUpAsync(client, cancellationToken);
        foreach (var attempt in _clients.SelectMany(client => client.Attempts).Where(_checked.Add))
        {
            Check(attempt);
        }

        var assets = _history.Assets.ToArray();
        _random.Shuffle(assets);
        foreach (var (guid, folded) in assets.Take(Sample))
        {
            var read = await CatalogHttp.SendAsync(client, HttpMethod.Get, $"/api/meta/entity/guid/{guid}", null, [], cancellationToken);
            folded.ShouldBeWhatIsRead(read.Success().GetProperty("entity"));
        }
    }

    private void Check(Attempt attempt)
    {
        var told = _history.EventsOf(attempt);
        if (told.Count > 0 || attempt.IsAcknowledged)
        {
            told.Order(StringComparer.Ordinal).ShouldBe(attempt.Expected.Order(StringComparer.Ordinal), $"{attempt.Id}, answered {attempt.Status}");
        }

        if (told.Count > 0 && attempt.IsUnanswered)
        {
            attempt.Applied();
        }

        if (attempt.Status == 503)
        {
            told.ShouldBeEmpty($"{attempt.Id} was refused");
        }
    }
}
