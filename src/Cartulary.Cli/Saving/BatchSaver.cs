using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Saving;

/// <summary>
/// Sends assets in requests of bounded size, in the order given. Each request is one transaction; when one is refused, those
/// before it stand, and the tally says how many items they held.
/// </summary>
internal sealed class BatchSaver(CatalogClient client, BatchLimits limits, SaveTally tally, Action<int> progress, SaveManner manner = SaveManner.Plain)
{
    private readonly List<EntityJson> _batch = [];
    private long _bytes;

    /// <summary>Is given each receipt, in the order of the answers.</summary>
    public Action<JsonElement> Receive { get; init; } = static _ => { };

    /// <summary>Adds an asset, sending what has gathered when there is no room for it.</summary>
    public async Task AddAsync(EntityJson entity, JsonElement? referred, CancellationToken cancellationToken)
    {
        if (_batch.Count > 0 && (_batch.Count >= limits.Assets || _bytes + entity.Utf8.Length > limits.Bytes))
        {
            await FlushAsync(referred, cancellationToken);
        }

        _batch.Add(entity);
        _bytes += entity.Utf8.Length + 1;
    }

    /// <summary>Sends what has gathered.</summary>
    public async Task FlushAsync(JsonElement? referred, CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var answer = await client.SaveAsync(Body(referred), manner, cancellationToken);
        tally.AddSaved(_batch, answer);
        progress(tally.Items);
        foreach (var receipt in answer.Receipts)
        {
            Receive(receipt);
        }

        _batch.Clear();
        _bytes = 0;
    }

    private ReadOnlyMemory<byte> Body(JsonElement? referred)
    {
        var buffer = new MemoryStream((int)_bytes + 64);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("entities");
        foreach (var entity in _batch)
        {
            writer.WriteRawValue(entity.Utf8.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
        if (referred is { } entities)
        {
            writer.WritePropertyName("referredEntities");
            entities.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
