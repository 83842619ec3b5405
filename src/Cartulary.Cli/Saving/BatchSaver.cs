using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Saving;

/// <summary>
/// Sends assets in requests of bounded size, in the order given. Each request is one transaction; when one is refused, those
/// before it stand, and the tally says how many items they held. While one is under way the next one gathers, and it is sent
/// only when the one before is saved: it may refer to what that holds.
/// </summary>
internal sealed class BatchSaver(CatalogClient client, BatchLimits limits, SaveTally tally, Action<int> progress, SaveManner manner = SaveManner.Plain) : IAsyncDisposable
{
    private List<EntityJson> _batch = [];
    private long _bytes;
    private (List<EntityJson> Batch, Task<SaveAnswer> Answer)? _underWay;

    /// <summary>Is given each receipt, in the order of the answers.</summary>
    public Action<JsonElement> Receive { get; init; } = static _ => { };

    /// <summary>Adds an asset, sending what has gathered when there is no room for it.</summary>
    public async Task AddAsync(EntityJson entity, JsonElement? referred, CancellationToken cancellationToken)
    {
        if (_batch.Count > 0 && (_batch.Count >= limits.Assets || _bytes + entity.Utf8.Length > limits.Bytes))
        {
            await SendAsync(referred, cancellationToken);
        }

        _batch.Add(entity);
        _bytes += entity.Utf8.Length + 1;
    }

    /// <summary>Sends what has gathered, and returns when all is saved.</summary>
    public async Task FlushAsync(JsonElement? referred, CancellationToken cancellationToken)
    {
        await SendAsync(referred, cancellationToken);
        await SettleAsync();
    }

    /// <summary>Waits for a request that is still under way because something else failed, so that the tally counts what it saved.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_underWay is { } last)
        {
            await Task.WhenAny(last.Answer);
            if (last.Answer.IsCompletedSuccessfully)
            {
                await SettleAsync();
            }
        }
    }

    private async Task SendAsync(JsonElement? referred, CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var body = Body(referred);
        await SettleAsync();
        _underWay = (_batch, client.SaveAsync(body, manner, cancellationToken));
        _batch = [];
        _bytes = 0;
    }

    private async Task SettleAsync()
    {
        if (_underWay is not { } sent)
        {
            return;
        }

        _underWay = null;
        var answer = await sent.Answer;
        tally.AddSaved(sent.Batch, answer);
        progress(tally.Items);
        foreach (var receipt in answer.Receipts)
        {
            Receive(receipt);
        }
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
