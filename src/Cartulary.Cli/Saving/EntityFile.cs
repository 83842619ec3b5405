using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Saving;

/// <summary>
/// Reads assets from JSON in any of the usual forms: a request (<c>{"entities":[…]}</c> or <c>{"entity":{…}}</c>), a list,
/// one asset, or one of these after the other (JSON Lines). A list and JSON Lines are read as they come, so they may be of
/// any size; a request is read whole.
/// </summary>
internal static class EntityFile
{
    /// <summary>The assets of the file, in groups that stood in one JSON value.</summary>
    /// <exception cref="EntityFileException">The text is not JSON, or a value in it is no asset.</exception>
    public static async IAsyncEnumerable<EntityGroup> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var input = PipeReader.Create(stream);
        var first = await PeekAsync(input, cancellationToken);
        if (first is null)
        {
            yield break;
        }

        var count = 0;
        await foreach (var value in ReadValuesAsync(input, isList: first == (byte)'[', cancellationToken))
        {
            var group = Understand(value, ref count);
            if (group.Entities.Length > 0)
            {
                yield return group;
            }
        }
    }

    private static EntityGroup Understand(JsonElement value, ref int count)
    {
        if (value.ValueKind == JsonValueKind.Object && !value.TryGetProperty("typeName", out _))
        {
            if (value.Member("entities") is { ValueKind: JsonValueKind.Array } entities)
            {
                return Group(entities.EnumerateArray(), value.Member("referredEntities"), ref count);
            }

            if (value.Member("entity") is { ValueKind: JsonValueKind.Object } entity)
            {
                return Group([entity], value.Member("referredEntities"), ref count);
            }
        }

        return value.ValueKind == JsonValueKind.Array
            ? Group(value.EnumerateArray(), referred: null, ref count)
            : Group([value], referred: null, ref count);
    }

    private static EntityGroup Group(IEnumerable<JsonElement> entities, JsonElement? referred, ref int count)
    {
        var group = new List<EntityJson>();
        foreach (var entity in entities)
        {
            count++;
            if (entity.ValueKind != JsonValueKind.Object || entity.Text("typeName") is null)
            {
                throw new EntityFileException($"item {count} is no asset: an object with a \"typeName\" is wanted");
            }

            group.Add(EntityJson.From(entity, $"-item-{count}"));
        }

        return new([.. group], referred);
    }

    private static async IAsyncEnumerable<JsonElement> ReadValuesAsync(
        PipeReader input, bool isList, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var values = JsonSerializer
            .DeserializeAsyncEnumerable(input, CatalogJson.Default.JsonElement, topLevelValues: !isList, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using (values)
        {
            while (await MoveNextAsync(values))
            {
                yield return values.Current;
            }
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<JsonElement> values)
    {
        try
        {
            return await values.MoveNextAsync();
        }
        catch (JsonException mistake)
        {
            throw new EntityFileException($"this is not valid JSON: {mistake.Message}");
        }
    }

    // A byte order mark and white space may come first; what follows decides how the rest is read.
    private static async Task<byte?> PeekAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var start = SkipBlanks(read.Buffer);
            if (!start.IsEmpty)
            {
                input.AdvanceTo(start.Start);
                return start.FirstSpan[0];
            }

            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    private static ReadOnlySequence<byte> SkipBlanks(ReadOnlySequence<byte> text)
    {
        var reader = new SequenceReader<byte>(text);
        reader.AdvancePastAny([(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF]);
        return reader.UnreadSequence;
    }
}
