using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Fuzz.Targets;

/// <summary>What makes an input worth keeping: a code at a new kind of place, or a new kind of value that was taken.</summary>
internal static class Features
{
    private static readonly HashSet<string> Members =
    [
        "typeName", "guid", "attributes", "relationshipAttributes", "appendRelationshipAttributes", "removeRelationshipAttributes", "labels", "customAttributes",
        "status", "classifications", "businessAttributes", "starred", "expectedVersion", "entities", "entity", "referredEntities", "uniqueAttributes", "relationshipType",
    ];

    /// <summary>Of a refusal: each code with its path, without numbers and unknown names.</summary>
    public static IEnumerable<string> Of(IEnumerable<Problem> problems, TypeRegistry registry) =>
        problems.Select(problem => $"{problem.Code.Code} {Shape(problem.Path, registry)} {KindOf(problem.Message)}").Distinct().Take(20);

    /// <summary>Of a save: what came of it, and each attribute with the kind of its value.</summary>
    public static IEnumerable<string> Of(SaveOutcome outcome, SaveRequest request) =>
        request.Assets.SelectMany(asset => asset.Attributes.Concat(asset.Relationships).Select(field => $"{outcome.GetType().Name} {asset.TypeName}.{field.Name} {KindOf(field)}")).Distinct().Take(60);

    private static string Shape(string path, TypeRegistry registry)
    {
        var parts = path.Split('.').Select(part => part.Split('[')).Select(part => Known(part[0], registry) + (part.Length > 1 ? "[]" : ""));
        return string.Join('.', parts.Take(6));
    }

    private static string Known(string name, TypeRegistry registry) =>
        Members.Contains(name) || registry.Names.Find(Encoding.UTF8.GetBytes(name)) is not null ? name : "*";

    // The words of a message beside the names and values in it.
    private static string KindOf(string message) => string.Join(' ', message.Split(' ').Where(word => word.All(char.IsAsciiLetterLower)).Take(4));

    private static string KindOf(RequestField field)
    {
        var reader = new Utf8JsonReader(field.Json.Span, new JsonReaderOptions { MaxDepth = 100 });
        reader.Read();
        var isEmpty = field.Json.Length <= 2;
        return string.Create(CultureInfo.InvariantCulture, $"{reader.TokenType}{(isEmpty ? " empty" : "")}{(reader.ValueIsEscaped ? " escaped" : "")}");
    }
}
