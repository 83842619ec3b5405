namespace Cartulary.Core.Events;

/// <summary>What kinds of event have in common.</summary>
public static class EventKinds
{
    /// <summary>Whether an event of the kind tells of the asset itself, and not of its tags or custom metadata.</summary>
    public static bool TellsEntity(this EventKind kind) => kind is EventKind.EntityCreate or EventKind.EntityUpdate or EventKind.EntityDelete;

    /// <summary>Whether an event of the kind tells of tags.</summary>
    public static bool TellsTags(this EventKind kind) =>
        kind is EventKind.ClassificationAdd or EventKind.ClassificationUpdate or EventKind.ClassificationDelete;

    /// <summary>
    /// The places of the events that stand for their assets, one for each asset, in their order: the one that tells of the asset
    /// itself, or the first one where none does.
    /// </summary>
    internal static IReadOnlyList<int> MainPlaces<T>(IReadOnlyList<T> events, Func<T, Guid> asset, Func<T, EventKind> kind)
    {
        var places = new Dictionary<Guid, int>(events.Count);
        for (var place = 0; place < events.Count; place++)
        {
            if (kind(events[place]).TellsEntity())
            {
                places[asset(events[place])] = place;
            }
            else
            {
                places.TryAdd(asset(events[place]), place);
            }
        }

        return [.. places.Values.Order()];
    }
}
