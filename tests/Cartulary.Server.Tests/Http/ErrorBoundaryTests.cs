using System.Text.Json;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Server.Tests.Http;

public sealed class ErrorBoundaryTests
{
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    [Fact]
    public async Task A_failure_is_answered_with_a_reference_and_no_detail()
    {
        var (status, body) = await AnswerAsync(_ => throw new InvalidOperationException("secret detail"));

        status.ShouldBe(500);
        body.GetProperty("errorCode").GetString().ShouldBe("ATLAS-500-00-001");
        body.GetRawText().ShouldNotContain("secret detail");
    }

    [Fact]
    public async Task What_the_web_server_refuses_is_the_clients_mistake()
    {
        var (status, body) = await AnswerAsync(_ => throw new BadHttpRequestException("unexpected end", 400));

        (status, body.GetProperty("errorCode").GetString()).ShouldBe((400, "ATLAS-400-00-029"));
    }

    [Fact]
    public async Task Work_that_a_stop_has_cancelled_can_be_tried_again()
    {
        _lifetime.StopApplication();

        var (status, body) = await AnswerAsync(_ => throw new OperationCanceledException());

        (status, body.GetProperty("errorCode").GetString()).ShouldBe((503, "ATLAS-503-00-001"));
    }

    private async Task<(int Status, JsonElement Body)> AnswerAsync(RequestDelegate inner)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await new ErrorBoundary(_lifetime, new RandomIds(TimeProvider.System), NullLogger<ErrorBoundary>.Instance).InvokeAsync(http, inner);
        return (http.Response.StatusCode, JsonDocument.Parse(body.ToArray()).RootElement);
    }
}
