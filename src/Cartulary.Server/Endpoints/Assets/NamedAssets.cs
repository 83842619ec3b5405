using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Reads bodies that are lists of assets by name.</summary>
internal static class NamedAssets
{
    private const string NameForm = """{"typeName":…,"uniqueAttributes":{"qualifiedName":…}}""";

    /// <summary>Reads <c>[{"typeName":…,"uniqueAttributes":{NAME:VALUE}}…]</c>, with all that is wrong.</summary>
    public static (ImmutableArray<AssetSelector> Assets, ImmutableArray<Problem> Problems) ReadNames(ReadOnlyMemory<byte> body, int max) =>
        Read(body, max, static (item, path, problems) =>
        {
            if (item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty("typeName", out var type) && type.ValueKind == JsonValueKind.String
                && item.TryGetProperty("uniqueAttributes", out var unique) && unique.ValueKind == JsonValueKind.Object
                && unique.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.String } attribute])
            {
                return new AssetSelector.ByUniqueAttribute(type.GetString()!, attribute.Name, attribute.Value.GetString()!);
            }

            problems.Add(new Problem(ErrorCodes.InvalidObjectId, path, $"ObjectId is not valid {Shown(item)}: it must be {NameForm}"));
            return null;
        });

    /// <summary>Reads <c>["GUID"…]</c>, with all that is wrong.</summary>
    public static (ImmutableArray<AssetSelector> Assets, ImmutableArray<Problem> Problems) ReadGuids(ReadOnlyMemory<byte> body, int max) =>
        Read(body, max, static (item, path, problems) =>
        {
            if (item.ValueKind == JsonValueKind.String && RequestGuid.TryParseReal(item.GetString()!, out var guid))
            {
                return new AssetSelector.ByGuid(guid);
            }

            problems.Add(new Problem(ErrorCodes.InvalidObjectId, path, $"ObjectId is not valid {Shown(item)}: it must be a guid"));
            return null;
        });

    private static (ImmutableArray<AssetSelector> Assets, ImmutableArray<Problem> Problems) Read(
        ReadOnlyMemory<byte> body, int max, Func<JsonElement, string, ProblemList, AssetSelector?> read)
    {
        var problems = new ProblemList();
        var assets = ImmutableArray.CreateBuilder<AssetSelector>();
        if (TextCheck.WhyUnreadable(body.Span) is { } fault)
        {
            return ([], [new Problem(ErrorCodes.BadRequest, "", fault)]);
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Array || document.RootElement.GetArrayLength() == 0)
            {
                return ([], [new Problem(ErrorCodes.InvalidParameters, "", "invalid parameters: the body must be a list that is not empty")]);
            }

            if (document.RootElement.GetArrayLength() is var count && count > max)
            {
                return ([], [new Problem(ErrorCodes.TooManyAssets, "", $"Request Error - Entities should be less than or equal to: {max}")]);
            }

            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (read(item, $"[{assets.Count + problems.Count}]", problems) is { } asset)
                {
                    assets.Add(asset);
                }
            }
        }
        catch (JsonException problem)
        {
            return ([], [new Problem(ErrorCodes.BadRequest, "", $"the body is not valid JSON: {problem.Message}")]);
        }

        return (assets.DrainToImmutable(), problems.ToImmutable());
    }

    private static string Shown(JsonElement item) => item.GetRawText() is { Length: <= 200 } text ? text : $"a {item.ValueKind}";
}
