using System.Text.Json.Nodes;
using Cartulary.Core.Ports;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Service;

/// <summary>
/// What Atlan's client asks of its tenant's user service, answered from the keys: users are the names of keys, roles are those of
/// keys under the names that clients know, and there are no groups.
/// </summary>
internal sealed class ServiceEndpoints(IKeyStore keys)
{
    /// <summary>Maps them under <c>/api/service</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var service = endpoints.MapGroup("/api/service");
        service.MapGet("/roles", http => SendPageAsync(http, [.. ServiceRole.All.Select(role => role.ToJson())], http.RequestAborted))
            .Describe(static () => ServiceOperations.ListRoles);
        service.MapGet("/users", http => ListUsersAsync(http, http.RequestAborted)).Describe(static () => ServiceOperations.ListUsers);
        service.MapGet("/users/current", http => SendCurrentAsync(http, http.RequestAborted)).Describe(static () => ServiceOperations.GetUser);
        service.MapGet("/whoami", http => SendWhoAmIAsync(http, http.RequestAborted)).Describe(static () => ServiceOperations.GetWhoAmI);
        service.MapGet("/groups", http => SendPageAsync(http, [], http.RequestAborted)).Describe(static () => ServiceOperations.ListGroups);
        service.MapGet("/v2/groups", http => SendPageAsync(http, [], http.RequestAborted)).Describe(static () => ServiceOperations.ListGroupsV2);
        service.MapGet("/apikeys", http => SendPageAsync(http, [], http.RequestAborted)).Describe(static () => ServiceOperations.ListApiKeys);
    }

    private async Task ListUsersAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var users = ServiceUser.In(await keys.ListAsync(cancellationToken));
        await SendPageAsync(http, [.. users.Select(user => user.ToJson())], cancellationToken);
    }

    private static Task SendPageAsync(HttpContext http, IReadOnlyCollection<JsonObject> records, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var page = ServicePage.Of(query, records, "id", "username", "email", "name", "alias");
        return query.Problems.IsEmpty
            ? JsonAnswer.SendAsync(http, 200, page, static (writer, page) => page.Write(writer), cancellationToken)
            : ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
    }

    private async Task SendCurrentAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var principal = http.Principal();
        var user = ServiceUser.In(await keys.ListAsync(cancellationToken)).FirstOrDefault(user => user.Name == principal.Name)
            ?? new ServiceUser(principal.Name, principal.Role, Created: 0);
        await SendAsync(http, user.ToJson(), cancellationToken);
    }

    private static Task SendWhoAmIAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var principal = http.Principal();
        var answer = new JsonObject
        {
            ["id"] = NamedGuid.Of("user", principal.Name),
            ["username"] = principal.Name,
            ["roles"] = new JsonArray(ServiceRole.Of(principal.Role).ToJson()),
        };
        return SendAsync(http, answer, cancellationToken);
    }

    private static Task SendAsync(HttpContext http, JsonObject answer, CancellationToken cancellationToken) =>
        JsonAnswer.SendAsync(http, 200, answer, static (writer, answer) => answer.WriteTo(writer), cancellationToken);
}
