using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;

namespace Cartulary.Core.Save.Read;

/// <summary>
/// Reads the bodies of calls that are about one relationship alone: <c>{"typeName","end1":{…},"end2":{…},"attributes":{…}}</c>.
/// </summary>
public static class EdgeRequestReader
{
    private const string Blocked = "blockedPropagatedClassifications";

    /// <summary>Reads a relationship to record; a guid in it says nothing.</summary>
    public static ReadOutcome ReadNew(ReadOnlyMemory<byte> body, SaveLimits limits) => Read(body, EdgeAction.Create, limits);

    /// <summary>Reads what is to become of a relationship that stands, which its guid names. Type and ends may be said again.</summary>
    public static ReadOutcome ReadChange(ReadOnlyMemory<byte> body, SaveLimits limits) => Read(body, EdgeAction.Update, limits);

    private static ReadOutcome Read(ReadOnlyMemory<byte> body, EdgeAction action, SaveLimits limits)
    {
        if (TextCheck.WhyUnreadable(body.Span) is { } fault)
        {
            return Refused("", fault);
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = limits.JsonDepth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Understand(document.RootElement, action)
                : Refused("", "the body must be a JSON object");
        }
        catch (JsonException problem)
        {
            return Refused(problem.Path ?? "", $"the body is not valid JSON: {problem.Message}");
        }
    }

    private static ReadOutcome Understand(JsonElement root, EdgeAction action)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var call = new EdgeCall(action)
        {
            Guid = action == EdgeAction.Create ? null : Text(root, "guid", problems) ?? "",
            TypeName = Text(root, "typeName", problems),
            End1 = End(root, "end1", action, problems),
            End2 = End(root, "end2", action, problems),
            Attributes = Attributes(root, problems),
        };
        if (action == EdgeAction.Create && call.TypeName is null)
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, "typeName", "invalid parameters: typeName is missing"));
        }

        if (call.Guid is "")
        {
            problems.Add(EdgeGuid.NotFound(""));
        }

        if (Member(root, Blocked) is { } blocked && !(blocked.ValueKind == JsonValueKind.Array && blocked.GetArrayLength() == 0))
        {
            problems.Add(new Problem(ErrorCodes.BadRequest, Blocked, "tags cannot be kept from being passed on along one relationship"));
        }

        return problems.Count == 0
            ? new ReadOutcome.Understood(SaveRequest.Relationship(call))
            : new ReadOutcome.Refused(problems.ToImmutable());
    }

    private static RequestReference? End(JsonElement root, string name, EdgeAction action, ImmutableArray<Problem>.Builder problems)
    {
        if (Member(root, name) is not { } end)
        {
            if (action == EdgeAction.Create)
            {
                problems.Add(new Problem(ErrorCodes.EndNotGiven, name, $"a relationship needs {name}: an object with a guid, or with typeName and uniqueAttributes"));
            }

            return null;
        }

        if (end.ValueKind == JsonValueKind.Object)
        {
            var field = new RequestField(name, Encoding.UTF8.GetBytes(end.GetRawText()));
            return ReferenceReader.Read(field, name, (code, path, message) => problems.Add(new Problem(code, path, message))).FirstOrDefault();
        }

        problems.Add(new Problem(ErrorCodes.InvalidObjectId, name, "a reference must be an object with a guid, or with typeName and uniqueAttributes"));
        return null;
    }

    private static ReadOnlyMemory<byte>? Attributes(JsonElement root, ImmutableArray<Problem>.Builder problems)
    {
        if (Member(root, "attributes") is not { } attributes)
        {
            return null;
        }

        if (attributes.ValueKind == JsonValueKind.Object)
        {
            return Encoding.UTF8.GetBytes(attributes.GetRawText());
        }

        problems.Add(new Problem(ErrorCodes.BadRequest, "attributes", "attributes must be an object"));
        return null;
    }

    private static string? Text(JsonElement root, string name, ImmutableArray<Problem>.Builder problems)
    {
        if (Member(root, name) is not { } text)
        {
            return null;
        }

        if (text.ValueKind == JsonValueKind.String)
        {
            return text.GetString() is { Length: > 0 } said ? said : null;
        }

        problems.Add(new Problem(ErrorCodes.BadRequest, name, $"{name} must be a text"));
        return null;
    }

    /// <summary>What a member says; null when it is absent or null.</summary>
    private static JsonElement? Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static ReadOutcome.Refused Refused(string path, string message) => new([new Problem(ErrorCodes.BadRequest, path, message)]);
}
