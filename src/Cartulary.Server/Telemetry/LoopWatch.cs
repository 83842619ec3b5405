using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Delivery.Dispatch;

namespace Cartulary.Server.Telemetry;

/// <summary>
/// Counts a principal that changes one asset more often in a minute than anybody would by hand: as a receiver does whose saves come back to it.
/// It only counts; nothing is refused because of it.
/// </summary>
internal sealed class LoopWatch(TimeProvider clock)
{
    private const int ChangesToSuspect = 60;
    private const int PairsMax = 100_000;
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);
    private readonly Lock _counting = new();
    private readonly Dictionary<(Guid Asset, string Actor), int> _changes = [];
    private long _since = clock.GetTimestamp();

    /// <summary>A save has changed assets. Beyond some number of pairs within a minute, further ones are not watched.</summary>
    public void Saw(string actor, ImmutableArray<AssetMutation> mutations)
    {
        lock (_counting)
        {
            if (clock.GetElapsedTime(_since) >= Span)
            {
                _changes.Clear();
                _since = clock.GetTimestamp();
            }

            foreach (var mutation in mutations)
            {
                if (mutation is { Kind: MutationKind.Update, IsRelated: false })
                {
                    Count((mutation.Guid, actor));
                }
            }
        }
    }

    private void Count((Guid Asset, string Actor) pair)
    {
        var count = _changes.GetValueOrDefault(pair) + 1;
        if (count > 1 || _changes.Count < PairsMax)
        {
            _changes[pair] = count;
            if (count == ChangesToSuspect + 1)
            {
                DeliveryMetrics.CountLoopSuspect();
            }
        }
    }
}
