namespace Cartulary.Delivery.Dispatch;

/// <summary>An attempt to make.</summary>
/// <param name="Sequence">The event to send.</param>
/// <param name="Asset">Its asset.</param>
/// <param name="Number">The how manyeth attempt of this event it is, from 1.</param>
/// <param name="IsProbe">Whether it asks a failing endpoint if it lives.</param>
/// <param name="IsParked">Whether the event is parked, so that later events of other assets have passed it.</param>
/// <param name="IsRedriven">Whether it was given up before and somebody asked for it again.</param>
public sealed record Attempt(long Sequence, Guid Asset, int Number, bool IsProbe, bool IsParked, bool IsRedriven = false)
{
    /// <summary>Whether the attempt before it was not answered, so that the receiver may have the event.</summary>
    public bool FollowsUnanswered { get; init; }
}
