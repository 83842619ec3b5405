using Cartulary.Server.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Cartulary.Server.Tests.Auth;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData("GET", "read-only", true)]
    [InlineData("POST", "read-only", false)]
    [InlineData("POST", "editor", false)]
    [InlineData("POST", "administrator", true)]
    [InlineData("DELETE", "editor", false)]
    public async Task An_endpoint_that_says_nothing_is_closed_to_all_but_administrators_unless_it_reads(string method, string role, bool passes)
    {
        (await PassesAsync(method, role, new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/x"), 0, null, null))).ShouldBe(passes);
    }

    [Fact]
    public async Task What_routing_answers_itself_passes() =>
        (await PassesAsync("PATCH", "read-only", new Endpoint(_ => Task.CompletedTask, null, "405"))).ShouldBeTrue();

    private static async Task<bool> PassesAsync(string method, string role, Endpoint endpoint)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        http.Response.Body = new MemoryStream();
        http.Features.Set(new Principal("someone", KeyRoles.Of(role)));
        http.SetEndpoint(endpoint);
        var passed = false;
        await Authorization.InvokeAsync(http, _ =>
        {
            passed = true;
            return Task.CompletedTask;
        });
        (http.Response.StatusCode == 403).ShouldBe(!passed);
        return passed;
    }
}
