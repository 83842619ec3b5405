using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Fuzz.Targets;

/// <summary>What makes an input worth keeping: a code at a new kind of place, or a new kind of value that was taken.</summary>
internal static class Features
{
    private static readonly HashSet<string> Members =
    [
        "typeName", "guid", "attributes", "relationshipAttributes", "appendRelationshipAttributes", "removeRelationshipAttributes", "labels", "customAttributes",
        "status", "classifications", "businessAttributes", "starred", "expectedVersion", "entities", "entity", "referredEntities", "uniqueAttributes", "relationshipType",
    ];

    private static readonly string[] Unreadable = ["not valid JSON", "not valid UTF-8", "surrogate pair"];

    private static readonly HashSet<string> Kinds = [.. EverythingModel.ValueTypes.Select(EverythingModel.NameOf)];

    /// <summary>
    /// Of a refusal: each code with its path, without numbers and unknown names, and which codes come together. Where a text stops
    /// being JSON there is no end of paths.
    /// </summary>
    public static IEnumerable<string> Of(IEnumerable<Problem> problems)
    {
        var all = problems.ToList();
        var codes = all.Select(problem => problem.Code.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(4);
        return all.Select(problem => $"{problem.Code.Code} {(IsUnreadable(problem) ? "unreadable" : Shape(problem.Path))}").Distinct().Take(20)
            .Append($"{Size(all.Count)} of {string.Join(' ', codes)}");
    }

    /// <summary>
    /// Of a save: what came of it, each attribute with the kind of its value, what each listing says beside attributes, and which
    /// types were changed together, and how.
    /// </summary>
    public static IEnumerable<string> Of(SaveOutcome outcome, SaveRequest request, TypeRegistry registry) =>
    [
        .. Values(outcome, request, registry),
        .. request.Assets.Select(asset => $"{outcome.GetType().Name} {Said(asset)}").Distinct().Take(10),
        .. outcome is SaveOutcome.Committed committed ? Changes(committed, registry) : [],
    ];

    private static IEnumerable<string> Changes(SaveOutcome.Committed committed, TypeRegistry registry)
    {
        var changes = committed.Summary.Mutations
            .Select(mutation => $"{mutation.Kind} {registry.Entity(mutation.TypeId).Name} {mutation.Status}{(mutation.IsRelated ? " related" : "")}")
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return [.. changes, $"changes {string.Join(", ", changes.Take(4))}"];
    }

    private static string Said(RequestAsset asset)
    {
        var guid = asset.Guid is { } given ? given.Real is null ? "local" : "real" : "none";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{guid} {Size(asset.Relationships.Length)} {Size(asset.AppendedRelationships.Length)} {Size(asset.RemovedRelationships.Length)} {asset.Labels is not null} {asset.CustomAttributes is not null} {asset.Restores} {asset.ExpectedVersion is not null}");
    }

    private static string Size(int count) => count switch
    {
        0 => "no",
        1 => "one",
        2 => "two",
        _ => "many",
    };

    private static IEnumerable<string> Values(SaveOutcome outcome, SaveRequest request, TypeRegistry registry) =>
        request.Assets.SelectMany(asset => asset.Attributes.Concat(asset.Relationships).Where(field => IsOf(asset, field, registry)).Select(field => $"{outcome.GetType().Name} {asset.TypeName}.{field.Name} {KindOf(field)}")).Distinct().Take(60);

    private static bool IsUnreadable(Problem problem) => problem.Code == ErrorCodes.BadRequest
        && Unreadable.Any(words => problem.Message.Contains(words, StringComparison.Ordinal));

    private static string Shape(string path)
    {
        var parts = path.Split('.').Select(part => part.Split('[')).Select(part => Known(part[0]) + (part.Length > 1 ? "[]" : ""));
        return string.Join('.', parts.Take(5));
    }

    private static bool IsOf(RequestAsset asset, RequestField field, TypeRegistry registry) =>
        IsTelling(field.Name) && registry.FindEntity(asset.TypeName) is { } type && (type.Attribute(field.Name) is not null || !type.EndsNamed(field.Name).IsEmpty);

    private static string Known(string name) => Members.Contains(name) || IsTelling(name) ? name : "*";

    // Attributes of the type that has every kind of value stand for all of that kind.
    private static bool IsTelling(string name) =>
        Kinds.Contains(name) || name is "columns" or "table" or "meanings" or "inputs" or "anchor" or "name" or "qualifiedName" or "street" or "tags";

    private static string KindOf(RequestField field)
    {
        var reader = new Utf8JsonReader(field.Json.Span, new JsonReaderOptions { MaxDepth = 100 });
        reader.Read();
        var isEmpty = field.Json.Length <= 2;
        return string.Create(CultureInfo.InvariantCulture, $"{reader.TokenType}{(isEmpty ? " empty" : "")}{(reader.ValueIsEscaped ? " escaped" : "")}");
    }
}
