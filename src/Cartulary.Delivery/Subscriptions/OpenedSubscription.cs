using System.Collections.Immutable;
using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>A subscription whose secrets can be read.</summary>
/// <param name="Wanted">The subscription.</param>
/// <param name="Headers">Headers that every message carries.</param>
/// <param name="Secrets">The secrets, newest first, each with the time until which it is used.</param>
public sealed record OpenedSubscription(
    Subscription Wanted, ImmutableArray<KeyValuePair<string, string>> Headers, ImmutableArray<(Secret Secret, long? Expires)> Secrets)
{
    /// <summary>What of a secret is encrypted for which place, so that none can be put in another's place.</summary>
    public static string PlaceOfSecret(string subscription, string secret) => $"{subscription}/secret/{secret}";

    /// <summary>The same for a header.</summary>
    public static string PlaceOfHeader(string subscription, string header) => $"{subscription}/header/{header}";

    /// <summary>Opens a subscription; null when a secret of it cannot be read, because the key is not there or it was tampered with.</summary>
    public static OpenedSubscription? Open(string id, Subscription subscription, SecretBox box)
    {
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(subscription.Headers.Length);
        foreach (var (name, closed) in subscription.Headers)
        {
            if (box.Open(closed.Span, PlaceOfHeader(id, name)) is not { } value)
            {
                return null;
            }

            headers.Add(new(name, value.Reveal()));
        }

        var secrets = ImmutableArray.CreateBuilder<(Secret, long?)>(subscription.Secrets.Length);
        foreach (var stored in subscription.Secrets)
        {
            if (box.Open(stored.Closed.Span, PlaceOfSecret(id, stored.Id)) is not { } secret)
            {
                return null;
            }

            secrets.Add((secret, stored.Expires));
        }

        return new OpenedSubscription(subscription, headers.DrainToImmutable(), secrets.DrainToImmutable());
    }

    /// <summary>The secrets that are used at a time, newest first.</summary>
    public IEnumerable<Secret> SecretsAt(long now) => Secrets.Where(secret => secret.Expires is null || secret.Expires > now).Select(secret => secret.Secret);

    /// <summary>A text without the secrets that a receiver may have put into it.</summary>
    public string Without(string text)
    {
        foreach (var secret in Secrets.Select(pair => pair.Secret.Reveal()).Concat(Headers.Select(header => header.Value)).Where(secret => secret.Length > 0))
        {
            text = text.Replace(secret, "***", StringComparison.Ordinal);
            text = secret.StartsWith(StandardSignature.Prefix, StringComparison.Ordinal)
                ? text.Replace(secret[StandardSignature.Prefix.Length..], "***", StringComparison.Ordinal)
                : text;
        }

        return text;
    }
}
