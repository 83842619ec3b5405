namespace Cartulary.Delivery.Subscriptions;

/// <summary>A secret that messages are signed with, as it is stored.</summary>
/// <param name="Id">Names it for people.</param>
/// <param name="Created">When it was made, epoch milliseconds.</param>
/// <param name="Expires">When it is no longer used, epoch milliseconds; null while it is the newest.</param>
/// <param name="Closed">The secret, encrypted.</param>
public sealed record StoredSecret(string Id, long Created, long? Expires, ReadOnlyMemory<byte> Closed)
{
    /// <summary>Whether messages are signed with it at a time.</summary>
    public bool IsUsed(long now) => Expires is null || Expires > now;
}
