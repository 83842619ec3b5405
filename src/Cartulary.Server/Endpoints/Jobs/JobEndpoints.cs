using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.Jobs;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Jobs;

/// <summary>Endpoints of jobs: whoever may delete assets one by one may start one.</summary>
internal sealed class JobEndpoints(ICatalogStore store, ConnectionDeleter deleter, JobRunner runner, BodyReader bodies)
{
    private const int ListedJobs = 100;

    /// <summary>Maps <c>/api/jobs</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/api/jobs", http => StartAsync(http, http.RequestAborted)).RequireEditor().Describe(static () => JobOperations.Start);
        endpoints.MapGet("/api/jobs", http => ListAsync(http, http.RequestAborted)).Describe(static () => JobOperations.List);
        endpoints.MapGet("/api/jobs/{id}", http => GetAsync(http, http.RequestAborted)).Describe(static () => JobOperations.Get);
    }

    private async Task StartAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var dryRun = query.Flag("dryRun");
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        if (JobRequest.Read(body.Written, out var problems) is not { } request)
        {
            await ErrorAnswer.SendAsync(http, problems, cancellationToken);
            return;
        }

        var (answer, problem) = dryRun
            ? await CountAsync(request, http.Principal().Name, cancellationToken)
            : await BeginAsync(request, http.Principal().Name, cancellationToken);
        await (answer is { } told
            ? JsonAnswer.SendAsync(http, 200, told, static (writer, told) => Write(writer, told.Job, told.IsKept), cancellationToken)
            : ErrorAnswer.SendAsync(http, [problem!], cancellationToken));
    }

    private async ValueTask<((DeletionJob Job, bool IsKept)? Answer, Problem? Problem)> CountAsync(
        JobRequest request, string actor, CancellationToken cancellationToken)
    {
        var (total, problem) = await deleter.CountAsync(request.Connection, request.Purges, cancellationToken);
        return total is { } count
            ? ((new DeletionJob(Guid.Empty, request.Connection, request.Purges, actor, Started: 0, count), IsKept: false), null)
            : (null, problem);
    }

    private async ValueTask<((DeletionJob Job, bool IsKept)? Answer, Problem? Problem)> BeginAsync(
        JobRequest request, string actor, CancellationToken cancellationToken)
    {
        var (job, problem) = await deleter.StartAsync(request.Connection, request.Purges, actor, cancellationToken);
        runner.Wake();
        return job is null ? (null, problem) : ((job, job.State == JobState.Running), null);
    }

    private async Task ListAsync(HttpContext http, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var jobs = await session.JobsAsync(ListedJobs, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.SendAsync(
            http,
            200,
            jobs,
            static (writer, jobs) =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("jobs"u8);
                foreach (var job in jobs)
                {
                    Write(writer, job, isKept: true);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            },
            cancellationToken);
    }

    private async Task GetAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var text = (string)http.GetRouteValue("id")!;
        await using var session = await store.ReadAsync(cancellationToken);
        var job = RequestGuid.TryParseReal(text, out var id) ? await session.FindJobAsync(id, cancellationToken) : null;
        http.Response.Headers.CacheControl = "no-store";
        await (job is null
            ? ErrorAnswer.SendAsync(http, ErrorCodes.JobNotFound, $"There is no job {text}", cancellationToken)
            : JsonAnswer.SendAsync(http, 200, job, static (writer, job) => Write(writer, job, isKept: true), cancellationToken));
    }

    /// <summary>A job that is not kept has no id, and nothing was begun: it was only counted, or nothing was to be deleted.</summary>
    private static void Write(Utf8JsonWriter writer, DeletionJob job, bool isKept)
    {
        writer.WriteStartObject();
        if (isKept)
        {
            writer.WriteString("id"u8, job.Id);
        }

        writer.WriteString("kind"u8, JobRequest.Kind);
        writer.WriteString("connection"u8, job.Connection);
        writer.WriteString("deleteType"u8, job.Purges ? DeleteHandlers.Purge : DeleteHandlers.Soft);
        writer.WriteNumber("total"u8, job.Total);
        if (isKept || job.State == JobState.Done)
        {
            writer.WriteString("status"u8, job.State switch
            {
                JobState.Running => "RUNNING"u8,
                JobState.Done => "DONE"u8,
                _ => "FAILED"u8,
            });
            writer.WriteNumber("done"u8, job.Done);
            writer.WriteString("createdBy"u8, job.Actor);
            writer.WriteNumber("createTime"u8, job.Started);
        }

        if (job.Ended is { } ended)
        {
            writer.WriteNumber("endTime"u8, ended);
        }

        if (job.Problem is { } reason)
        {
            writer.WriteString("problem"u8, reason);
        }

        writer.WriteEndObject();
    }
}
