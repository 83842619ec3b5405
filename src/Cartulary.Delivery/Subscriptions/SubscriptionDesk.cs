using System.Net;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Dispatch;
using Cartulary.Delivery.Guard;
using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>Makes, changes and removes subscriptions. What it returns as done is durable, and every server will act on it.</summary>
/// <param name="parts">What deliveries need.</param>
/// <param name="guard">Judges addresses.</param>
/// <param name="allowHttp">Whether messages may go to public addresses without TLS.</param>
/// <param name="most">Most subscriptions.</param>
/// <param name="newId">Makes ids.</param>
/// <param name="wake">Has this server look at the subscriptions now.</param>
public sealed class SubscriptionDesk(DispatchParts parts, GuardedConnector guard, bool allowHttp, int most, Func<Guid> newId, Action wake)
{
    private const int SecretsMax = 2;

    /// <summary>How long a look for events that subscriptions have not settled may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SubscriptionLag _lag = new(parts.Feed, parts.Catalog, parts.Clock);

    private long Now => parts.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>All subscriptions, by id. With very many of them, how long the last ones have been behind may be left open.</summary>
    public async ValueTask<IReadOnlyList<ShownSubscription>> ListAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, parts.Clock);
        var shown = new List<ShownSubscription>();
        foreach (var summary in await parts.Store.ListAsync(cancellationToken))
        {
            shown.Add(await ShowAsync(summary, patience.Token, cancellationToken));
        }

        return shown;
    }

    /// <summary>One subscription.</summary>
    public async ValueTask<SubscriptionOutcome> FindAsync(string id, CancellationToken cancellationToken) => await DoneAsync(id, secret: null, cancellationToken);

    /// <summary>Makes a subscription. One in Atlan's form is made only when its receiver takes the validation message, unless that is not wanted.</summary>
    public async ValueTask<SubscriptionOutcome> CreateAsync(SubscriptionWish wish, string actor, bool validate, CancellationToken cancellationToken)
    {
        var id = newId().ToString("N");
        var secret = wish.Secret ?? StandardSignature.NewSecret();
        var subscription = WithHeaders(id, wish, wish.On(new Subscription
        {
            Name = wish.Name!,
            Url = wish.Url!,
            Format = wish.Format!.Value,
            Created = Now,
            CreatedBy = actor,
            Secrets = [NewSecret(id, secret)],
        }));
        if (await WhyNotAsync(id, subscription, validate, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var head = parts.Catalog.Head;
        var row = new SubscriptionRow(id, DeliveryShards.Of(id), 1, 1, wish.StartAt ?? head.Sequence, head.LogId, SubscriptionDocument.Write(subscription));
        if (!await parts.Store.AddAsync(row, most, cancellationToken))
        {
            return new SubscriptionOutcome.TooMany();
        }

        wake();
        return await DoneAsync(id, secret, cancellationToken);
    }

    /// <summary>Changes what a wish says, pauses or resumes; the place in the log stays.</summary>
    /// <param name="id">The subscription.</param>
    /// <param name="wish">What to change.</param>
    /// <param name="revision">The revision that it must have; null for any.</param>
    /// <param name="validate">Whether a new address must take the validation message.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<SubscriptionOutcome> ChangeAsync(
        string id, SubscriptionWish wish, long? revision, bool validate, CancellationToken cancellationToken) =>
        EditAsync(
            id,
            revision,
            async (summary, subscription) =>
            {
                var head = parts.Catalog.Head;
                if (wish.IsActive is true && summary.Current.PositionIn(head) < head.Oldest - 1)
                {
                    return (null, new SubscriptionOutcome.Expired(), null);
                }

                var changed = WithHeaders(id, wish, wish.On(subscription));
                changed = changed with { PausedSince = changed.Paused is null ? null : subscription.PausedSince ?? Now };
                if (changed.Url != subscription.Url && await WhyNotAsync(id, changed, validate, cancellationToken) is { } refusal)
                {
                    return (null, refusal, null);
                }

                // Resuming begins a new generation at the same place, so that the server that serves it forgets that the endpoint failed.
                var row = summary.Row with { Document = SubscriptionDocument.Write(changed) };
                return (wish.IsActive is true ? Anew(row, summary.Current.Position, summary.Current.Log) : row, null, null);
            },
            cancellationToken);

    /// <summary>Sets the place back, or on: events after it are sent, again where they were sent before.</summary>
    public ValueTask<SubscriptionOutcome> ReplayAsync(string id, long after, CancellationToken cancellationToken) =>
        EditAsync(
            id,
            revision: null,
            (summary, subscription) =>
            {
                var head = parts.Catalog.Head;
                var upTo = Math.Max(subscription.ReplayedUpTo, summary.Current.Position);
                var row = summary.Row with { Document = SubscriptionDocument.Write(subscription with { ReplayedUpTo = upTo }) };
                return new((Anew(row, after, head.LogId), null, null));
            },
            cancellationToken);

    /// <summary>Makes a new secret; the one before is used beside it for some time.</summary>
    public ValueTask<SubscriptionOutcome> RotateAsync(string id, TimeSpan overlap, CancellationToken cancellationToken) =>
        EditAsync(
            id,
            revision: null,
            (summary, subscription) =>
            {
                var now = Now;
                var used = subscription.Secrets.Where(secret => secret.IsUsed(now)).ToList();
                if (used.Count >= SecretsMax)
                {
                    return new((null, new SubscriptionOutcome.TwoSecrets(), null));
                }

                var secret = StandardSignature.NewSecret();
                var expires = now + (long)overlap.TotalMilliseconds;
                var changed = subscription with { Secrets = [NewSecret(id, secret), .. used.Select(old => old with { Expires = expires })] };
                return new((summary.Row with { Document = SubscriptionDocument.Write(changed) }, null, secret));
            },
            cancellationToken);

    /// <summary>Pauses a subscription because its events go round in circles, unless it is paused already.</summary>
    /// <param name="parts">What deliveries need.</param>
    /// <param name="id">The subscription.</param>
    /// <param name="sequence">The event that shows it; after somebody resumes, it is sent.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal static async ValueTask PauseLoopAsync(DispatchParts parts, string id, long sequence, CancellationToken cancellationToken)
    {
        while (await parts.Store.FindAsync(id, cancellationToken) is { } summary && SubscriptionDocument.Read(summary.Row.Document) is { Paused: null } running)
        {
            var now = parts.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            var paused = running with { Paused = PauseReason.Loop, PausedSince = now, LoopUpTo = Math.Max(running.LoopUpTo, sequence) };
            if (await parts.Store.ReplaceAsync(
                summary.Row with { Revision = summary.Row.Revision + 1, Document = SubscriptionDocument.Write(paused) }, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Removes a subscription; what is under way is the last that it gets.</summary>
    /// <returns>Whether it was there.</returns>
    public async ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var wasThere = await parts.Store.RemoveAsync(id, cancellationToken);
        wake();
        return wasThere;
    }

    /// <summary>Parks events anew that were given up.</summary>
    /// <returns>How many.</returns>
    public async ValueTask<int> RedriveAsync(string id, System.Collections.Immutable.ImmutableArray<long> sequences, CancellationToken cancellationToken)
    {
        var count = await parts.Store.RedriveAsync(id, sequences, Now, cancellationToken);
        wake();
        return count;
    }

    /// <summary>Sends a message that is no event, and says what came of it; null when the subscription is not there or its secrets cannot be opened.</summary>
    public async ValueTask<Sending?> TestAsync(string id, CancellationToken cancellationToken) =>
        await parts.Store.FindAsync(id, cancellationToken) is { } summary
            ? await TryReachAsync(id, SubscriptionDocument.Read(summary.Row.Document), cancellationToken)
            : null;

    private async ValueTask<SubscriptionOutcome> EditAsync(
        string id,
        long? revision,
        Func<SubscriptionSummary, Subscription, ValueTask<(SubscriptionRow? Row, SubscriptionOutcome? Refusal, Secret? Secret)>> edit,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await parts.Store.FindAsync(id, cancellationToken) is not { } summary)
            {
                return new SubscriptionOutcome.NotFound();
            }

            if (revision is { } expected && expected != summary.Row.Revision)
            {
                return new SubscriptionOutcome.Changed(summary.Row.Revision);
            }

            var (row, refusal, secret) = await edit(summary, SubscriptionDocument.Read(summary.Row.Document));
            if (refusal is not null)
            {
                return refusal;
            }

            if (await parts.Store.ReplaceAsync(row! with { Revision = summary.Row.Revision + 1 }, cancellationToken))
            {
                wake();
                return await DoneAsync(id, secret, cancellationToken);
            }
        }
    }

    private async ValueTask<SubscriptionOutcome> DoneAsync(string id, Secret? secret, CancellationToken cancellationToken)
    {
        if (await parts.Store.FindAsync(id, cancellationToken) is not { } summary)
        {
            return new SubscriptionOutcome.NotFound();
        }

        using var patience = new CancellationTokenSource(Patience, parts.Clock);
        return new SubscriptionOutcome.Done(await ShowAsync(summary, patience.Token, cancellationToken), secret);
    }

    private async ValueTask<ShownSubscription> ShowAsync(SubscriptionSummary summary, CancellationToken patience, CancellationToken cancellationToken)
    {
        var wanted = SubscriptionDocument.Read(summary.Row.Document);
        var isReadable = OpenedSubscription.Open(summary.Row.Id, wanted, parts.Secrets) is not null;
        return new ShownSubscription(summary, isReadable, await _lag.SecondsAsync(summary.Current, wanted, patience, cancellationToken))
        {
            IsParkedFull = summary.Parked >= parts.Policy.ParkedMax,
        };
    }

    private static SubscriptionRow Anew(SubscriptionRow row, long start, Guid log) => row with { Generation = row.Generation + 1, Start = start, Log = log };

    private StoredSecret NewSecret(string id, Secret secret)
    {
        var name = newId().ToString("N")[^12..];
        return new StoredSecret(name, Now, Expires: null, parts.Secrets.Close(secret, OpenedSubscription.PlaceOfSecret(id, name)));
    }

    private Subscription WithHeaders(string id, SubscriptionWish wish, Subscription subscription) => wish.Headers is not { } headers
        ? subscription
        : subscription with
        {
            Headers =
            [
                .. headers.Select(header => KeyValuePair.Create(
                    header.Key, (ReadOnlyMemory<byte>)parts.Secrets.Close(header.Value, OpenedSubscription.PlaceOfHeader(id, header.Key)))),
            ],
        };

    /// <summary>Why messages cannot go to a new address; null when they can.</summary>
    private async ValueTask<SubscriptionOutcome?> WhyNotAsync(string id, Subscription subscription, bool validate, CancellationToken cancellationToken)
    {
        try
        {
            var isPrivate = await guard.IsPrivateAsync(new DnsEndPoint(subscription.Url.IdnHost, subscription.Url.Port), cancellationToken);
            if (subscription.Url.Scheme != Uri.UriSchemeHttps && !allowHttp && !isPrivate)
            {
                return new SubscriptionOutcome.Blocked();
            }
        }
        catch (BlockedAddressException)
        {
            return new SubscriptionOutcome.Blocked();
        }
        catch (UnresolvedNameException)
        {
            // The name may come to be known later; who wants to be sure has it validated.
        }

        if (!validate || subscription.Format != WebhookFormat.Atlan)
        {
            return null;
        }

        return await TryReachAsync(id, subscription, cancellationToken) switch
        {
            null => new SubscriptionOutcome.Unreadable(),
            { Result.IsDelivered: true } => null,
            { } sending => new SubscriptionOutcome.NotReached(sending),
        };
    }

    private async ValueTask<Sending?> TryReachAsync(string id, Subscription subscription, CancellationToken cancellationToken)
    {
        if (OpenedSubscription.Open(id, subscription, parts.Secrets) is not { } opened)
        {
            return null;
        }

        var sending = await parts.Sender.SendAsync(parts.Writer.WriteTest(opened, $"test_{newId():N}", Now), cancellationToken);
        return sending with { Response = opened.Without(sending.Response) };
    }
}
