using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;

namespace Cartulary.Core.Types.Changes;

/// <summary>The definitions of a request, as they were sent.</summary>
public static class TypesRequest
{
    private const int Depth = 64;

    /// <summary>The lists of a bundle with the category of what stands in them, in the order in which they are written.</summary>
    public static ImmutableArray<(TypeCategory Category, string List)> Lists { get; } =
    [
        (TypeCategory.Enum, "enumDefs"),
        (TypeCategory.Struct, "structDefs"),
        (TypeCategory.Classification, "classificationDefs"),
        (TypeCategory.Entity, "entityDefs"),
        (TypeCategory.Relationship, "relationshipDefs"),
        (TypeCategory.BusinessMetadata, "businessMetadataDefs"),
    ];

    /// <summary>Reads a bundle. Lists may be absent or null, members that are not known are passed over; empty with what is wrong.</summary>
    public static ImmutableArray<RequestedType> Read(ReadOnlyMemory<byte> body, out ImmutableArray<Problem> problems)
    {
        var found = new ProblemList();
        var types = ImmutableArray.CreateBuilder<RequestedType>();
        if (TextCheck.WhyUnreadable(body.Span) is { } fault)
        {
            Refuse(found, "", fault);
        }
        else
        {
            Read(body, types, found);
        }

        problems = found.ToImmutable();
        return problems.IsEmpty ? types.ToImmutable() : [];
    }

    private static void Read(ReadOnlyMemory<byte> body, ImmutableArray<RequestedType>.Builder types, ProblemList problems)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Depth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Refuse(problems, "", "the body must be a JSON object");
                return;
            }

            foreach (var (category, list) in Lists)
            {
                if (document.RootElement.TryGetProperty(list, out var definitions) && definitions.ValueKind != JsonValueKind.Null)
                {
                    ReadList(category, list, definitions, types, problems);
                }
            }
        }
        catch (JsonException problem)
        {
            Refuse(problems, "", $"the body is not valid JSON: {problem.Message}");
            return;
        }

        if (types.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem(ErrorCodes.InvalidParameters, "", "invalid parameters: the request names no definition"));
        }
    }

    private static void ReadList(
        TypeCategory category, string list, JsonElement definitions, ImmutableArray<RequestedType>.Builder types, ProblemList problems)
    {
        if (definitions.ValueKind != JsonValueKind.Array)
        {
            Refuse(problems, list, $"{list} must be an array");
            return;
        }

        var place = 0;
        foreach (var json in definitions.EnumerateArray())
        {
            var path = $"{list}[{place++}]";
            if (json.ValueKind != JsonValueKind.Object)
            {
                Refuse(problems, path, "a definition must be a JSON object");
            }
            else if (TypeJsonReader.Read(category, json, path, problems) is { } type)
            {
                types.Add(type);
            }
        }
    }

    private static void Refuse(ProblemList problems, string path, string message) => problems.Add(new Problem(ErrorCodes.BadRequest, path, message));
}
