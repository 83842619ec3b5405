namespace Cartulary.Core.Ports.Delivery;

/// <summary>What a notice is about. The numbers are stored.</summary>
public enum NoticeKind
{
    /// <summary>The endpoint has failed for some time.</summary>
    Failing = 1,

    /// <summary>An endpoint of which that was told takes events again.</summary>
    Recovered = 2,

    /// <summary>Nothing is sent any more until somebody resumes the subscription.</summary>
    Disabled = 3,

    /// <summary>Events were given up.</summary>
    DeadLetter = 4,

    /// <summary>What follows the subscription's place has been trimmed.</summary>
    Expired = 5,
}
