using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Http;

/// <summary>Outermost: whatever goes wrong inside, the client gets an answer in the one form, and no detail of the program.</summary>
internal sealed class ErrorBoundary(IHostApplicationLifetime lifetime, IIdSource ids, ILogger<ErrorBoundary> logger)
{
    /// <summary>Runs the rest and answers for what it leaves open.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            await CompleteAsync(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.RequestAborted(http.Request.Method, http.Request.Path);
        }
        catch (Exception problem) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            await AnswerAsync(http, problem);
        }
    }

    /// <summary>Routing and the web server refuse without a body; clients need one.</summary>
    private static Task CompleteAsync(HttpContext http)
    {
        var response = http.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null)
        {
            return Task.CompletedTask;
        }

        if (response.StatusCode == 404)
        {
            ServerMetrics.CountUnknownEndpoint(http.Request.Path);
        }

        var (code, message) = response.StatusCode switch
        {
            404 => (ErrorCodes.UnknownEndpoint, $"There is no endpoint {http.Request.Path}"),
            405 => (ErrorCodes.MethodNotAllowed, $"{http.Request.Path} does not take {http.Request.Method}"),
            413 => (ErrorCodes.BodyTooLarge, "The body is too large"),
            415 => (ErrorCodes.UnsupportedMediaType, "The body must be JSON"),
            408 => (ErrorCodes.RequestTimeout, "The request arrives too slowly"),
            _ => (ErrorCodes.BadRequest with { Status = response.StatusCode }, "The request was refused"),
        };
        return ErrorAnswer.SendAsync(http, code, message, http.RequestAborted);
    }

    private Task AnswerAsync(HttpContext http, Exception problem)
    {
        switch (problem)
        {
            case BadHttpRequestException { StatusCode: 413 }:
                return ErrorAnswer.SendAsync(http, ErrorCodes.BodyTooLarge, "The body is too large", http.RequestAborted);
            case BadHttpRequestException { StatusCode: 408 }:
                return ErrorAnswer.SendAsync(http, ErrorCodes.RequestTimeout, "The body arrives too slowly", http.RequestAborted);
            case BadHttpRequestException bad:
                return ErrorAnswer.SendAsync(http, ErrorCodes.BadRequest, bad.Message, http.RequestAborted);
            case StoreFailureException or AggregateException { InnerExceptions: [StoreFailureException, ..] }:
                return AnswerStoreFailureAsync(http, problem as StoreFailureException ?? (StoreFailureException)((AggregateException)problem).InnerExceptions[0]);
            case OperationCanceledException or ObjectDisposedException when lifetime.ApplicationStopping.IsCancellationRequested:
                http.Response.Headers.RetryAfter = "1";
                return ErrorAnswer.SendAsync(http, ErrorCodes.Unavailable, "The server is stopping", http.RequestAborted);
            default:
                return AnswerUnknownAsync(http, problem);
        }
    }

    private Task AnswerUnknownAsync(HttpContext http, Exception problem)
    {
        var reference = ids.NewName();
        logger.RequestFailed(problem, http.Request.Method, http.Request.Path, reference);
        var message = $"Something failed here that is not your fault; the server's log tells of it under {reference}";
        return ErrorAnswer.SendAsync(http, ErrorCodes.Internal, message, http.RequestAborted);
    }

    /// <summary>What an operator can mend is told apart from what only its authors can; the details stay in the log.</summary>
    private Task AnswerStoreFailureAsync(HttpContext http, StoreFailureException failure)
    {
        if (failure.Trouble == StoreTrouble.Other)
        {
            return AnswerUnknownAsync(http, failure);
        }

        var details = failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message;
        logger.StoreFailed(http.Request.Method, http.Request.Path, details);
        var (code, message) = failure.Trouble switch
        {
            StoreTrouble.Full => (ErrorCodes.StorageFull, "There is no room left where the catalog is kept; nothing was saved"),
            StoreTrouble.ReadOnly => (ErrorCodes.Unavailable, "The catalog may not be written to where it is kept; nothing was saved"),
            StoreTrouble.Away => (ErrorCodes.Unavailable, failure.Message),
            StoreTrouble.Damaged => (ErrorCodes.Unavailable, "The catalog's file is damaged; the server's log tells more"),
            _ => (ErrorCodes.Unavailable, "The disk of the catalog fails; nothing was saved"),
        };
        http.Response.Headers.RetryAfter = failure.Trouble == StoreTrouble.Away ? "1" : "30";
        return ErrorAnswer.SendAsync(http, code, message, http.RequestAborted);
    }
}
