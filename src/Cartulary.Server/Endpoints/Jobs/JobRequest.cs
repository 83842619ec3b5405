using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Core.Save.Read;

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
        var request = TryParse(body, found) is { } json ? Read(json, found) : null;
        problems = found.ToImmutable();
        return problems.IsEmpty ? request : null;
    }

    private static JsonElement? TryParse(ReadOnlyMemory<byte> body, ProblemList problems)
    {
        if (TextCheck.WhyUnreadable(body.Span) is { } fault)
        {
            problems.Add(new Problem(ErrorCodes.BadRequest, "", fault));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException problem)
        {
            problems.Add(new Problem(ErrorCodes.BadRequest, "", $"the body is not valid JSON: {problem.Message}"));
            return null;
        }

        problems.Add(new Problem(ErrorCodes.BadRequest, "", "the body must be a JSON object"));
        return null;
    }

    private static JobRequest Read(JsonElement json, ProblemList problems)
    {
        foreach (var member in json.EnumerateObject().Where(member => member.Name is not ("kind" or "connection" or "deleteType")))
        {
            Refuse(problems, member.Name, $"a job has no {member.Name}");
        }

        if (Text(json, "kind") != Kind)
        {
            Refuse(problems, "kind", $"kind must be {Kind}");
        }

        var connection = Text(json, "connection") ?? "";
        if (connection.Length == 0 || connection.Any(char.IsControl))
        {
            Refuse(problems, "connection", "connection must be the qualified name of a connection");
        }

        var type = json.TryGetProperty("deleteType", out _) ? Text(json, "deleteType")?.ToUpperInvariant() : DeleteHandlers.Soft;
        if (type is not (DeleteHandlers.Soft or DeleteHandlers.Purge))
        {
            Refuse(problems, "deleteType", "deleteType must be SOFT or PURGE");
        }

        return new JobRequest(connection, type == DeleteHandlers.Purge);
    }

    private static void Refuse(ProblemList problems, string path, string message) =>
        problems.Add(new Problem(ErrorCodes.InvalidParameters, path, $"invalid parameters: {message}"));

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
