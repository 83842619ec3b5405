using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Ports;
using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Subscriptions;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Webhooks;

/// <summary>Writes subscriptions for people and programs. Secrets and the values of headers are never among it, but a new secret once.</summary>
internal static class WebhookJson
{
    private const string SecretUnreadable = "SECRET_UNREADABLE";
    private const string ParkedFull = "PARKED_FULL";

    /// <summary>Writes one.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="shown">The subscription.</param>
    /// <param name="head">The log.</param>
    /// <param name="secret">A secret to show this once.</param>
    public static void Write(Utf8JsonWriter writer, ShownSubscription shown, CatalogHead head, Secret? secret)
    {
        var summary = shown.Summary;
        var wanted = SubscriptionDocument.Read(summary.Row.Document);
        writer.WriteStartObject();
        writer.WriteString("id"u8, summary.Row.Id);
        writer.WriteString("name"u8, wanted.Name);
        writer.WriteString("url"u8, wanted.Url.AbsoluteUri);
        writer.WriteString("format"u8, WebhookFormats.TextOf(wanted.Format));
        JsonTexts.Write(writer, "events"u8, wanted.Events);
        JsonTexts.Write(writer, "typeNames"u8, wanted.TypeNames);
        if (wanted.QualifiedNamePrefix is { } prefix)
        {
            writer.WriteString("qualifiedNamePrefix"u8, prefix);
        }

        WriteExclude(writer, wanted);
        JsonTexts.Write(writer, "ignoreAttributes"u8, wanted.IgnoreAttributes);
        writer.WriteNumber("maxInFlight"u8, wanted.MaxInFlight);
        writer.WriteNumber("timeoutMs"u8, wanted.TimeoutMilliseconds);
        writer.WriteStartObject("headers"u8);
        foreach (var (name, _) in wanted.Headers)
        {
            writer.WriteString(name, "***"u8);
        }

        writer.WriteEndObject();
        WriteSecrets(writer, wanted.Secrets);
        writer.WriteNumber("createdAt"u8, wanted.Created);
        writer.WriteString("createdBy"u8, wanted.CreatedBy);
        writer.WriteNumber("revision"u8, summary.Row.Revision);
        WriteState(writer, shown, StatusOf(shown, wanted, head), head);
        if (secret is not null)
        {
            writer.WriteString("secret"u8, secret.Reveal());
        }

        writer.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter writer, ShownSubscription shown, (string Status, string? Reason) told, CatalogHead head)
    {
        var summary = shown.Summary;
        var condition = summary.Current.Condition;
        var (status, reason) = told;
        writer.WriteString("status"u8, status);
        if (reason is not null)
        {
            writer.WriteString("statusReason"u8, reason);
        }

        WriteTime(writer, "failingSince", condition.FailingSince);
        WriteTime(writer, "nextAttemptAt", condition.NextAttempt);
        WriteTime(writer, "lastSuccessAt", condition.LastSuccess);
        var position = Math.Min(summary.Current.Position, head.Sequence);
        writer.WriteNumber("position"u8, position);
        writer.WriteNumber("lag"u8, head.Sequence - position);
        if (shown.LagSeconds is { } seconds)
        {
            writer.WriteNumber("lagSeconds"u8, seconds);
        }

        writer.WriteNumber("parked"u8, summary.Parked);
        writer.WriteNumber("deadLetters"u8, summary.DeadLetters);
    }

    private static (string Status, string? Reason) StatusOf(ShownSubscription shown, Subscription wanted, CatalogHead head)
    {
        var summary = shown.Summary;
        var condition = summary.Current.Condition;
        if (summary.Current.PositionIn(head) < head.Oldest - 1)
        {
            return ("EXPIRED", wanted.Paused ?? condition.Disabled);
        }

        if (!shown.IsReadable)
        {
            return ("PAUSED", SecretUnreadable);
        }

        if (wanted.Paused is { } paused)
        {
            return ("PAUSED", paused == PauseReason.ByRequest ? null : paused);
        }

        return condition.Disabled is { } disabled
            ? ("DISABLED", disabled)
            : (condition.FailingSince is null ? "ACTIVE" : "FAILING", shown.IsParkedFull ? ParkedFull : null);
    }

    private static void WriteExclude(Utf8JsonWriter writer, Subscription wanted)
    {
        writer.WriteStartObject("exclude"u8);
        JsonTexts.Write(writer, "actors"u8, wanted.ExcludeActors);
        writer.WriteStartObject("headers"u8);
        foreach (var header in wanted.ExcludeHeaders.GroupBy(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase))
        {
            writer.WritePropertyName(header.Key);
            JsonTexts.Write(writer, [.. header]);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSecrets(Utf8JsonWriter writer, ImmutableArray<StoredSecret> secrets)
    {
        writer.WriteStartArray("secrets"u8);
        foreach (var secret in secrets)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, secret.Id);
            writer.WriteNumber("createdAt"u8, secret.Created);
            WriteTime(writer, "expiresAt", secret.Expires);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, long? time)
    {
        if (time is { } there)
        {
            writer.WriteNumber(name, there);
        }
    }
}
