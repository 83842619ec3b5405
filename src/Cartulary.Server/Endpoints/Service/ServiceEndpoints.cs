using System.Text.Json.Nodes;
using Cartulary.Core.Ports;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
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
            .WithName("ListServiceRoles").WithSummary("Lists roles for Atlan's clients");
        service.MapGet("/users", http => ListUsersAsync(http, http.RequestAborted))
            .WithName("ListServiceUsers").WithSummary("Lists the names of keys as users for Atlan's clients");
        service.MapGet("/users/current", http => SendCurrentAsync(http, http.RequestAborted))
            .WithName("GetServiceUser").WithSummary("Tells who asks, for Atlan's clients");
        service.MapGet("/whoami", http => SendWhoAmIAsync(http, http.RequestAborted))
            .WithName("GetServiceWhoAmI").WithSummary("Tells the roles of who asks, for Atlan's clients");
        foreach (var (path, name) in new[] { ("/groups", "ListServiceGroups"), ("/v2/groups", "ListServiceGroupsV2"), ("/apikeys", "ListServiceApiKeys") })
        {
            service.MapGet(path, http => SendPageAsync(http, [], http.RequestAborted)).WithName(name).WithSummary("An empty list for Atlan's clients");
        }
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
