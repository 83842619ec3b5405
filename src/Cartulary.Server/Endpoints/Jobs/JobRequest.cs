using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Jobs;

/// <summary>What a request for a job says.</summary>
/// <param name="Connection">The qualified name of the connection to delete.</param>
/// <param name="Purges">Whether assets are purged; otherwise they are archived.</param>
internal sealed record JobRequest(string Connection, bool Purges)
{
    /// <summary>The one kind of job there is.</summary>
    public const string Kind = "delete-connection";

    /// <summary>
    /// Reads <c>{"kind":"delete-connection","connection":…,"deleteType":…}</c>; null with all that is wrong. Members that are not
    /// known are refused: who asks to spare something must not lose it.
    /// </summary>
    public static JobRequest? Read(ReadOnlyMemory<byte> body, out ImmutableArray<Problem> problems)
    {
        var found = new ProblemList();
        var request = JsonObjectBody.Parse(body, found) is { } json ? Read(json, found) : null;
        problems = found.ToImmutable();
        return problems.IsEmpty ? request : null;
    }

    private static JobRequest Read(JsonElement json, ProblemList problems)
    {
        foreach (var member in json.EnumerateObject().Where(member => member.Name is not ("kind" or "connection" or "deleteType")))
        {
            Refuse(problems, member.Name, $"a job has no {member.Name}");
        }

        if (JsonObjectBody.Text(json, "kind") != Kind)
        {
            Refuse(problems, "kind", $"kind must be {Kind}");
        }

        var connection = JsonObjectBody.Text(json, "connection") ?? "";
        if (connection.Length == 0 || connection.Any(char.IsControl))
        {
            Refuse(problems, "connection", "connection must be the qualified name of a connection");
        }

        var type = json.TryGetProperty("deleteType", out _) ? JsonObjectBody.Text(json, "deleteType")?.ToUpperInvariant() : DeleteHandlers.Soft;
        if (type is not (DeleteHandlers.Soft or DeleteHandlers.Purge))
        {
            Refuse(problems, "deleteType", "deleteType must be SOFT or PURGE");
        }

        return new JobRequest(connection, type == DeleteHandlers.Purge);
    }

    private static void Refuse(ProblemList problems, string path, string message) =>
        problems.Add(new Problem(ErrorCodes.InvalidParameters, path, $"invalid parameters: {message}"));
}
