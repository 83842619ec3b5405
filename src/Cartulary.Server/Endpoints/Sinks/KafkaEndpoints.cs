using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Delivery.Kafka;
using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Sinks;

/// <summary>Endpoints of the sink to Kafka; for administrators.</summary>
internal sealed class KafkaEndpoints(KafkaDesk desk, ICatalogStore catalog, BodyReader bodies)
{
    private static readonly string[] Members = ["skip", "after"];

    /// <summary>Maps <c>/api/sinks/kafka</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var sink = endpoints.MapGroup("/api/sinks/kafka").RequireAdministrator();
        sink.MapGet("", http => GetAsync(http, http.RequestAborted)).Describe(static () => KafkaOperations.Get);
        sink.MapPost("/resume", http => ResumeAsync(http, http.RequestAborted)).Describe(static () => KafkaOperations.Resume);
    }

    private async Task GetAsync(HttpContext http, CancellationToken cancellationToken) =>
        await SendAsync(http, await desk.StatusAsync(cancellationToken), cancellationToken);

    private async Task ResumeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        var problems = new ProblemList();
        var (skip, after) = Read(body.Written, problems);
        if (after is { } place && problems.Count == 0 && FeedPosition.Check(place, "after", await catalog.SeeHeadAsync(cancellationToken)) is { } refusal)
        {
            problems.Add(new Problem(refusal.Code, refusal.Parameter, refusal.Message));
        }

        if (problems.Count > 0)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken);
            return;
        }

        await (await desk.ResumeAsync(skip, after, cancellationToken) switch
        {
            KafkaOutcome.Done done => SendAsync(http, done.Status, cancellationToken),
            KafkaOutcome.NotSo { Status: var status } => ErrorAnswer.SendAsync(http, ErrorCodes.SinkNotBlocked, WhyNot(status), cancellationToken),
            _ => ErrorAnswer.SendAsync(
                http,
                [new Problem(ErrorCodes.InvalidParameters, "after", $"invalid parameters: after is needed, from {catalog.Head.Oldest - 1} on: what comes next has been trimmed")],
                cancellationToken),
        });
    }

    private static (long? Skip, long? After) Read(ReadOnlyMemory<byte> body, ProblemList problems)
    {
        if (JsonObjectBody.Parse(body.IsEmpty ? "{}"u8.ToArray() : body, problems) is not { } json)
        {
            return default;
        }

        foreach (var member in json.EnumerateObject().Where(member => !Members.Contains(member.Name)))
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, member.Name, $"invalid parameters: {member.Name} means nothing here"));
        }

        return (JsonObjectBody.Number(json, "skip", 1, long.MaxValue, problems), JsonObjectBody.Number(json, "after", 0, long.MaxValue, problems));
    }

    private static string WhyNot(KafkaStatus status) => status switch
    {
        { Topic: null } => "This server sends nothing to Kafka: Kafka:BootstrapServers is not set",
        { Row.Trouble: { IsBlocking: true } trouble } => $"The sink is blocked by something else: {trouble.Code}",
        _ => "The sink is not blocked",
    };

    private static Task SendAsync(HttpContext http, KafkaStatus status, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.SendAsync(http, 200, status, KafkaJson.Write, cancellationToken);
    }
}
