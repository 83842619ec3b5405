using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Server.Endpoints.Settings;

/// <summary>Reads the settings that a request gives the catalog.</summary>
internal static class SettingsRequest
{
    private const int NamesMax = 1_000;

    /// <summary>Reads <c>{"ignoredAttributes":[…]}</c>; null with what is wrong. Members that are not known are refused, lest a misspelled one seem to work.</summary>
    public static CatalogSettings? Read(ReadOnlyMemory<byte> body, out ImmutableArray<Problem> problems)
    {
        var found = new ProblemList();
        var settings = TextCheck.WhyUnreadable(body.Span) is { } fault ? Refuse(found, "", fault) : Parse(body, found);
        problems = found.ToImmutable();
        return problems.IsEmpty ? settings : null;
    }

    private static CatalogSettings? Parse(ReadOnlyMemory<byte> body, ProblemList problems)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, problems)
                : Refuse(problems, "", "the body must be a JSON object");
        }
        catch (JsonException problem)
        {
            return Refuse(problems, "", $"the body is not valid JSON: {problem.Message}");
        }
    }

    private static CatalogSettings? Read(JsonElement json, ProblemList problems)
    {
        foreach (var member in json.EnumerateObject().Where(member => member.Name != "ignoredAttributes"))
        {
            Refuse(problems, member.Name, $"a catalog has no setting {member.Name}");
        }

        return json.TryGetProperty("ignoredAttributes"u8, out var names)
            && names.ValueKind == JsonValueKind.Array
            && names.GetArrayLength() <= NamesMax
            && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? new CatalogSettings([.. names.EnumerateArray().Select(name => name.GetString()!)])
            : Refuse(problems, "ignoredAttributes", $"ignoredAttributes must be an array of at most {NamesMax} names");
    }

    private static CatalogSettings? Refuse(ProblemList problems, string path, string message)
    {
        problems.Add(new Problem(ErrorCodes.InvalidParameters, path, $"invalid parameters: {message}"));
        return null;
    }
}
