using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Tasks;

/// <summary>Background tasks as Atlan's client searches them: there are none, since a save is done when it is answered.</summary>
internal sealed class TaskEndpoints(BodyReader bodies)
{
    private static readonly Operation Search = new("searchTasks", "Clients", "Background tasks of Atlan's kind, of which there are none")
    {
        Body = "TaskSearchRequest",
        Answer = "TaskSearchAnswer",
    };

    /// <summary>Maps them under a prefix.</summary>
    public void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/task/search", http => SearchAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => Search);

    private async Task SearchAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        var problems = new ProblemList();
        await (JsonObjectBody.Parse(body.Written, problems, depth: 64) is null
            ? ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken)
            : JsonAnswer.SendAsync(http, 200, true, static (writer, _) => Write(writer), cancellationToken));
    }

    private static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tasks"u8);
        writer.WriteEndArray();
        writer.WriteNumber("approximateCount"u8, 0);
        writer.WriteStartObject("aggregations"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
