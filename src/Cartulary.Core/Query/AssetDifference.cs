using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>What differs between two states of one asset, told as an event tells it.</summary>
public sealed class AssetDifference
{
    private readonly EventToRender _source;

    internal AssetDifference(StoredAsset from, StoredAsset to, EventToRender source)
    {
        From = from;
        To = to;
        _source = source;
    }

    /// <summary>The asset in the first state.</summary>
    public StoredAsset From { get; }

    /// <summary>The asset in the second state, which may be the older one.</summary>
    public StoredAsset To { get; }

    /// <summary>Its type.</summary>
    public EntityType Type => _source.Type;

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => _source.Record.Body.IsEmpty;

    /// <summary>Writes <c>mutatedDetails</c>, the values of the second state, and <c>previousDetails</c>, those of the first.</summary>
    public void WriteDetails(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("mutatedDetails"u8);
        DetailsWriter.WriteAfter(writer, _source);
        writer.WriteEndObject();
        writer.WriteStartObject("previousDetails"u8);
        DetailsWriter.WriteBefore(writer, _source);
        writer.WriteEndObject();
    }
}
