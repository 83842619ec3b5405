namespace Cartulary.Delivery.Dispatch;

/// <summary>Why a receiver gets an event again.</summary>
internal enum RepeatReason
{
    /// <summary>The attempt before was not answered, and the receiver may have the event nevertheless.</summary>
    Unanswered,

    /// <summary>Somebody set the subscription's place back.</summary>
    Replay,

    /// <summary>It was given up, and somebody asked for it again.</summary>
    Redrive,

    /// <summary>It was delivered, and the server lost its shard before that was stored, so that the next one sends it again.</summary>
    Takeover,
}
