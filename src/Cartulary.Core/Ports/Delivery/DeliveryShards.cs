namespace Cartulary.Core.Ports.Delivery;

/// <summary>
/// How the serving of subscriptions is shared among servers: each subscription is of one shard, and one server at a time holds a shard's
/// lease.
/// </summary>
public static class DeliveryShards
{
    /// <summary>How many shards there are; the same on all servers of a catalog, for ever.</summary>
    public const int Count = 16;

    /// <summary>How the names of leases begin by which servers say that they are there.</summary>
    public const string ServerPrefix = "delivery/server/";

    /// <summary>The name of a shard's lease.</summary>
    public static string LeaseOf(int shard) => $"delivery/shard/{shard}";

    /// <summary>The shard of a subscription.</summary>
    /// <param name="id">Its id; any text.</param>
    public static int Of(string id)
    {
        var hash = 2_166_136_261u;
        foreach (var character in id)
        {
            hash = unchecked((hash ^ character) * 16_777_619u);
        }

        return (int)(hash % Count);
    }
}
