using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>A subscription as JSON, for the store. The layout is in docs/formats/subscription.md.</summary>
public static class SubscriptionDocument
{
    private const int Version = 1;

    /// <summary>The document of a subscription.</summary>
    public static byte[] Write(Subscription subscription)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v"u8, Version);
            writer.WriteString("name"u8, subscription.Name);
            writer.WriteString("url"u8, subscription.Url.AbsoluteUri);
            writer.WriteString("format"u8, WebhookFormats.TextOf(subscription.Format));
            WriteTexts(writer, "events", subscription.Events);
            WriteTexts(writer, "typeNames", subscription.TypeNames);
            writer.WriteString("prefix"u8, subscription.QualifiedNamePrefix);
            WriteTexts(writer, "excludeActors", subscription.ExcludeActors);
            WritePairs(writer, "excludeHeaders", subscription.ExcludeHeaders.Select(pair => (pair.Key, pair.Value)));
            WriteTexts(writer, "ignoreAttributes", subscription.IgnoreAttributes);
            writer.WriteNumber("maxInFlight"u8, subscription.MaxInFlight);
            writer.WriteNumber("timeoutMs"u8, subscription.TimeoutMilliseconds);
            WritePairs(writer, "headers", subscription.Headers.Select(pair => (pair.Key, Convert.ToBase64String(pair.Value.Span))));
            WriteSecrets(writer, subscription.Secrets);
            writer.WriteString("paused"u8, subscription.Paused);
            if (subscription.PausedSince is { } since)
            {
                writer.WriteNumber("pausedSince"u8, since);
            }

            if (subscription.LoopUpTo > 0)
            {
                writer.WriteNumber("loopUpTo"u8, subscription.LoopUpTo);
            }

            writer.WriteNumber("replayedUpTo"u8, subscription.ReplayedUpTo);
            writer.WriteNumber("created"u8, subscription.Created);
            writer.WriteString("createdBy"u8, subscription.CreatedBy);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The document is of a newer version, or is damaged.</exception>
    public static Subscription Read(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            var root = json.RootElement;
            return root.GetProperty("v"u8).GetInt32() == Version ? Read(root) : throw new InvalidDataException("A stored subscription has an unknown version.");
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("A stored subscription is damaged.", problem);
        }
    }

    private static Subscription Read(JsonElement root) => new()
    {
        Name = Text(root, "name"),
        Url = new Uri(Text(root, "url")),
        Format = WebhookFormats.Of(Text(root, "format")) ?? throw new FormatException("unknown format"),
        Events = Texts(root, "events"),
        TypeNames = Texts(root, "typeNames"),
        QualifiedNamePrefix = root.GetProperty("prefix"u8).GetString(),
        ExcludeActors = Texts(root, "excludeActors"),
        ExcludeHeaders = [.. Pairs(root, "excludeHeaders").Select(pair => KeyValuePair.Create(pair.Name, pair.Value))],
        IgnoreAttributes = Texts(root, "ignoreAttributes"),
        MaxInFlight = root.GetProperty("maxInFlight"u8).GetInt32(),
        TimeoutMilliseconds = root.GetProperty("timeoutMs"u8).GetInt32(),
        Headers = [.. Pairs(root, "headers").Select(pair => KeyValuePair.Create(pair.Name, (ReadOnlyMemory<byte>)Convert.FromBase64String(pair.Value)))],
        Secrets = [.. root.GetProperty("secrets"u8).EnumerateArray().Select(ReadSecret)],
        Paused = root.GetProperty("paused"u8).GetString(),
        PausedSince = root.TryGetProperty("pausedSince"u8, out var since) ? since.GetInt64() : null,
        LoopUpTo = root.TryGetProperty("loopUpTo"u8, out var loop) ? loop.GetInt64() : 0,
        ReplayedUpTo = root.GetProperty("replayedUpTo"u8).GetInt64(),
        Created = root.GetProperty("created"u8).GetInt64(),
        CreatedBy = Text(root, "createdBy"),
    };

    private static StoredSecret ReadSecret(JsonElement secret) => new(
        Text(secret, "id"),
        secret.GetProperty("created"u8).GetInt64(),
        secret.TryGetProperty("expires"u8, out var expires) ? expires.GetInt64() : null,
        secret.GetProperty("closed"u8).GetBytesFromBase64());

    private static void WriteSecrets(Utf8JsonWriter writer, ImmutableArray<StoredSecret> secrets)
    {
        writer.WriteStartArray("secrets"u8);
        foreach (var secret in secrets)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, secret.Id);
            writer.WriteNumber("created"u8, secret.Created);
            if (secret.Expires is { } expires)
            {
                writer.WriteNumber("expires"u8, expires);
            }

            writer.WriteBase64String("closed"u8, secret.Closed.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, ImmutableArray<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WritePairs(Utf8JsonWriter writer, string name, IEnumerable<(string Name, string Value)> pairs)
    {
        writer.WriteStartArray(name);
        foreach (var (key, value) in pairs)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(key);
            writer.WriteStringValue(value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is missing");

    private static ImmutableArray<string> Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private static IEnumerable<(string Name, string Value)> Pairs(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!));
}
