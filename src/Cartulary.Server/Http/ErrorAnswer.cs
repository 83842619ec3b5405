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

    /// <summary>
    /// Answers with all problems; the first one gives the status and the code. Beyond <see cref="ProblemList.Most"/> they are
    /// counted, beside the <paramref name="omitted"/> ones that were found and not kept.
    /// </summary>
    public static Task SendAsync(HttpContext http, ImmutableArray<Problem> problems, CancellationToken cancellationToken, int omitted = 0)
    {
        ServerMetrics.CountRefusal(problems[0].Code);
        var list = new ProblemList();
        list.Add(problems, omitted);
        return JsonAnswer.SendAsync(http, problems[0].Code.Status, list, Write, cancellationToken);
    }

    /// <summary>Asks the client to come again after a while.</summary>
    public static Task SendBusyAsync(HttpContext http, string message, CancellationToken cancellationToken)
    {
        http.Response.Headers.RetryAfter = "1";
        return SendAsync(http, ErrorCodes.TooManyRequests, message, cancellationToken);
    }

    /// <summary>Writes the error's members into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, ImmutableArray<Problem> problems, int omitted = 0)
    {
        writer.WriteString("errorCode"u8, problems[0].Code.Code);
        writer.WriteString("errorMessage"u8, Joined(problems, omitted));
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
        if (omitted > 0)
        {
            writer.WriteNumber("omittedProblems"u8, omitted);
        }
    }

    private static void Write(Utf8JsonWriter writer, ProblemList problems)
    {
        writer.WriteStartObject();
        WriteMembers(writer, problems.ToImmutable(), problems.Omitted);
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

    // A client shows the joined text; a thousand problems in one line help nobody, and the list has more.
    private static string Joined(ImmutableArray<Problem> problems, int omitted)
    {
        var text = string.Join("; ", problems.Take(MessagesJoined).Select(problem => problem.Message));
        var more = Math.Max(problems.Length - MessagesJoined, 0) + omitted;
        return more > 0 ? $"{text}; and {more} more" : text;
    }
}
