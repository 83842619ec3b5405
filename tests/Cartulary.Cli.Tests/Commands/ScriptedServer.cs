using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>A server that answers as a test tells it to, and remembers what it was asked.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Func<ScriptedRequest, ScriptedAnswer> _answer;
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();

    private ScriptedServer(Func<ScriptedRequest, ScriptedAnswer> answer)
    {
        _answer = answer;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public string Url => _application.Urls.First();

    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    public static async Task<ScriptedServer> StartAsync(Func<ScriptedRequest, ScriptedAnswer> answer)
    {
        var server = new ScriptedServer(answer);
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new ScriptedRequest(
            context.Request.Method, target, await reader.ReadToEndAsync(context.RequestAborted), context.Request.Headers.Authorization.ToString(),
            context.Request.Headers["Idempotency-Key"].ToString())
        {
            LastEventId = context.Request.Headers["Last-Event-ID"].ToString(),
        };
        _requests.Enqueue(request);
        var answer = _answer(request);
        if (answer.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.Breaks)
        {
            // More is promised than comes, so the web server closes the connection after what there is.
            context.Response.ContentLength = Encoding.UTF8.GetByteCount(answer.Body) + 1;
        }

        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}

/// <summary>What was asked.</summary>
public sealed record ScriptedRequest(string Method, string Target, string Body, string Authorization, string Key)
{
    public string LastEventId { get; init; } = "";
}

/// <summary>What is answered; status 0 breaks the connection instead.</summary>
public sealed record ScriptedAnswer(int Status, string Body)
{
    public static ScriptedAnswer Broken { get; } = new(0, "");

    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether the connection breaks after the body.</summary>
    public bool Breaks { get; init; }

    public static ScriptedAnswer Ok(string body) => new(200, body);

    public static ScriptedAnswer Stream(string body) => new(200, body) { ContentType = "text/event-stream" };

    public static ScriptedAnswer NotFound { get; } =
        new(404, """{"errorCode":"ATLAS-404-00-009","errorMessage":"Asset not found by unique attribute"}""");
}
