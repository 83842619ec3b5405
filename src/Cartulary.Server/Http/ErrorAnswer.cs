using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Server.Answers;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Http;

/// <summary>The one form in which every refusal is answered, whatever refused.</summary>
internal static class ErrorAnswer
{
    private const int MessagesJoined = 50;

    /// <summary>Answers with one problem.</summary>
    public static Task SendAsync(HttpContext http, ErrorCode code, string message, CancellationToken cancellationToken) =>
        SendAsync(http, [new Problem(code, "", message)], cancellationToken);

    /// <summary>Answers with all problems; the first one gives the status and the code.</summary>
    public static Task SendAsync(HttpContext http, ImmutableArray<Problem> problems, CancellationToken cancellationToken)
    {
        ServerMetrics.CountRefusal(problems[0].Code);
        return JsonAnswer.SendAsync(http, problems[0].Code.Status, problems, Write, cancellationToken);
    }

    /// <summary>Asks the client to come again after a while.</summary>
    public static Task SendBusyAsync(HttpContext http, string message, CancellationToken cancellationToken)
    {
        http.Response.Headers.RetryAfter = "1";
        return SendAsync(http, ErrorCodes.TooManyRequests, message, cancellationToken);
    }

    /// <summary>Writes the error's members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, ImmutableArray<Problem> problems)
    {
        writer.WriteString("errorCode"u8, problems[0].Code.Code);
        writer.WriteString("errorMessage"u8, Joined(problems));
        if (problems[0].EntityGuid is { } guid)
        {
            writer.WriteString("entityGuid"u8, guid);
        }

        writer.WriteStartArray("problems"u8);
        foreach (var problem in problems)
        {
            WriteProblem(writer, problem);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ImmutableArray<Problem> problems)
    {
        writer.WriteStartObject();
        WriteMembers(writer, problems);
        writer.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter writer, Problem problem)
    {
        writer.WriteStartObject();
        writer.WriteString("code"u8, problem.Code.Code);
        writer.WriteString("path"u8, problem.Path);
        writer.WriteString("message"u8, problem.Message);
        if (problem.EntityGuid is { } guid)
        {
            writer.WriteString("entityGuid"u8, guid);
        }

        if (problem.Conflict is { } conflict)
        {
            ConflictAnswer.WriteMembers(writer, conflict);
        }

        writer.WriteEndObject();
    }

    // A client shows the joined text; thousands of problems in one line help nobody, and the list has them all.
    private static string Joined(ImmutableArray<Problem> problems)
    {
        var text = string.Join("; ", problems.Take(MessagesJoined).Select(problem => problem.Message));
        return problems.Length > MessagesJoined ? $"{text}; and {problems.Length - MessagesJoined} more" : text;
    }
}
