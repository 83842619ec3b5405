namespace Cartulary.Scenarios.ManyServers;

/// <summary>What came of the events for some webhooks.</summary>
/// <param name="Events">How many events there were, for all webhooks together.</param>
/// <param name="Messages">How many messages their receivers took.</param>
/// <param name="Repeats">How many of these they had already.</param>
/// <param name="GivenUp">How many events were given up.</param>
internal readonly record struct DeliveryCounts(int Events, int Messages, int Repeats, int GivenUp)
{
    public static DeliveryCounts operator +(DeliveryCounts one, DeliveryCounts other) =>
        new(one.Events + other.Events, one.Messages + other.Messages, one.Repeats + other.Repeats, one.GivenUp + other.GivenUp);

    public override string ToString() => $"{Messages} messages for {Events} events, {Repeats} of them again; {GivenUp} events given up";
}
