using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Read;

/// <summary>Reads the bodies of calls that are about tags alone.</summary>
public static class TagRequestReader
{
    /// <summary>Reads a list of tags of one asset.</summary>
    public static ReadOutcome ReadList(ReadOnlyMemory<byte> body, AssetSelector target, TagAction action, SaveLimits limits) =>
        Read(body, limits, root => root.ValueKind == JsonValueKind.Array
            ? Understood([new TagCall(target, action, body, "")])
            : Refused(ErrorCodes.BadRequest, "", "the body must be a JSON array of tags"));

    /// <summary>A request to take a tag away from one asset.</summary>
    /// <param name="target">The asset.</param>
    /// <param name="name">The tag.</param>
    /// <param name="source">The asset that was tagged, as given; null for the asset itself.</param>
    public static SaveRequest Remove(AssetSelector target, string name, string? source)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("typeName"u8, name);
            if (source is not null)
            {
                writer.WriteString("entityGuid"u8, source);
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return SaveRequest.Tag([new TagCall(target, TagAction.Remove, buffer.ToArray(), "classification")]);
    }

    /// <summary>
    /// Reads <c>{"classification":{…},"entityGuids":[…]}</c>, or with <c>entityTypeName</c> and
    /// <c>entitiesUniqueAttributes</c> in place of the guids.
    /// </summary>
    public static ReadOutcome ReadMany(ReadOnlyMemory<byte> body, bool byDisplayName, SaveLimits limits) => Read(body, limits, root =>
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("classification", out var tag) || tag.ValueKind != JsonValueKind.Object)
        {
            return Refused(ErrorCodes.InvalidTagRequest, "classification", "classification is missing");
        }

        var problems = ImmutableArray.CreateBuilder<Problem>();
        var targets = Guids(root, problems).Concat(Names(root, problems)).ToList();
        if (problems.Count == 0 && targets.Count == 0)
        {
            problems.Add(new Problem(ErrorCodes.InvalidTagRequest, "entityGuids", "no asset is named, neither by entityGuids nor by entitiesUniqueAttributes"));
        }

        if (targets.Count > limits.AssetsPerRequest)
        {
            problems.Add(TooMany("entityGuids", targets.Count, limits));
        }

        var tags = Encoding.UTF8.GetBytes($"[{tag.GetRawText()}]");
        return Read(problems, [.. targets.Distinct().Select(target => new TagCall(target, TagAction.Attach, tags, "classification") { ByDisplayName = byDisplayName })]);
    });

    /// <summary>Reads <c>{"guidHeaderMap":{guid:{"classifications":[…]}}}</c>.</summary>
    /// <param name="body">The body.</param>
    /// <param name="action">What to do with the tags of each asset.</param>
    /// <param name="limits">The limits of a save.</param>
    public static ReadOutcome ReadHeaders(ReadOnlyMemory<byte> body, TagAction action, SaveLimits limits) => Read(body, limits, root =>
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("guidHeaderMap", out var map) || map.ValueKind != JsonValueKind.Object)
        {
            return Refused(ErrorCodes.InvalidTagRequest, "guidHeaderMap", "guidHeaderMap is missing");
        }

        var problems = ImmutableArray.CreateBuilder<Problem>();
        var calls = ImmutableArray.CreateBuilder<TagCall>();
        foreach (var header in map.EnumerateObject())
        {
            if (!RequestGuid.TryParseReal(header.Name, out var guid))
            {
                problems.Add(NoSuchGuid($"guidHeaderMap.{header.Name}", header.Name));
            }
            else if (header.Value.ValueKind != JsonValueKind.Object)
            {
                problems.Add(new Problem(ErrorCodes.BadRequest, $"guidHeaderMap.{header.Name}", "must be an object"));
            }
            else if (header.Value.TryGetProperty("classifications", out var tags) && tags.ValueKind != JsonValueKind.Null)
            {
                calls.Add(new TagCall(
                    new AssetSelector.ByGuid(guid), action, Encoding.UTF8.GetBytes(tags.GetRawText()), $"guidHeaderMap.{header.Name}.classifications"));
            }
        }

        if (calls.Count > limits.AssetsPerRequest)
        {
            problems.Add(TooMany("guidHeaderMap", calls.Count, limits));
        }

        return Read(problems, calls.ToImmutable());
    });

    private static IEnumerable<AssetSelector> Guids(JsonElement root, ImmutableArray<Problem>.Builder problems)
    {
        if (!root.TryGetProperty("entityGuids", out var guids) || guids.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        if (guids.ValueKind != JsonValueKind.Array)
        {
            problems.Add(new Problem(ErrorCodes.BadRequest, "entityGuids", "must be an array of texts"));
            yield break;
        }

        var index = 0;
        foreach (var item in guids.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"entityGuids[{index++}]");
            if (item.ValueKind == JsonValueKind.String && RequestGuid.TryParseReal(item.GetString(), out var guid))
            {
                yield return new AssetSelector.ByGuid(guid);
            }
            else
            {
                problems.Add(NoSuchGuid(path, item.ToString()));
            }
        }
    }

    private static IEnumerable<AssetSelector> Names(JsonElement root, ImmutableArray<Problem>.Builder problems)
    {
        if (!root.TryGetProperty("entitiesUniqueAttributes", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        var typeName = root.TryGetProperty("entityTypeName", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";
        if (list.ValueKind != JsonValueKind.Array || typeName.Length == 0)
        {
            problems.Add(new Problem(ErrorCodes.InvalidTagRequest, "entitiesUniqueAttributes", "needs entityTypeName, and must be an array of objects"));
            yield break;
        }

        foreach (var attribute in list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).SelectMany(item => item.EnumerateObject()))
        {
            yield return new AssetSelector.ByUniqueAttribute(typeName, attribute.Name, attribute.Value.ToString());
        }
    }

    private static ReadOutcome Read(ReadOnlyMemory<byte> body, SaveLimits limits, Func<JsonElement, ReadOutcome> read)
    {
        if (TextCheck.WhyUnreadable(body.Span) is { } fault)
        {
            return Refused(ErrorCodes.BadRequest, "", fault);
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = limits.JsonDepth, AllowDuplicateProperties = false });
            return read(document.RootElement);
        }
        catch (JsonException problem)
        {
            return Refused(ErrorCodes.BadRequest, problem.Path ?? "", $"the body is not valid JSON: {problem.Message}");
        }
    }

    private static Problem NoSuchGuid(string path, string text) => new(ErrorCodes.GuidNotFound, path, $"Given instance guid {text} is invalid/not found");

    private static Problem TooMany(string path, int count, SaveLimits limits) =>
        new(ErrorCodes.TooManyAssets, path, $"the request names {count} assets; at most {limits.AssetsPerRequest} are taken");

    /// <summary>What was read; when something is wrong with it, the rest is looked at too.</summary>
    private static ReadOutcome Read(ImmutableArray<Problem>.Builder problems, ImmutableArray<TagCall> calls) => problems.Count > 0
        ? new ReadOutcome.Refused(problems.ToImmutable()) { Rest = calls.IsEmpty || problems.Any(problem => problem.Code == ErrorCodes.TooManyAssets) ? null : SaveRequest.Tag(calls) }
        : Understood(calls);

    private static ReadOutcome.Understood Understood(ImmutableArray<TagCall> calls) => new(SaveRequest.Tag(calls));

    private static ReadOutcome.Refused Refused(ErrorCode code, string path, string message) => new([new Problem(code, path, message)]);
}
