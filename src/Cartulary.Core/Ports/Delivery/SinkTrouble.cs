namespace Cartulary.Core.Ports.Delivery;

/// <summary>What is wrong with a sink.</summary>
/// <param name="Code">Says it to programs, in capitals.</param>
/// <param name="Message">Says it to people; holds no secrets.</param>
/// <param name="Since">Since when, epoch milliseconds.</param>
/// <param name="IsBlocking">Whether nothing is sent until somebody resumes the sink; otherwise it is tried again by itself.</param>
public sealed record SinkTrouble(string Code, string Message, long Since, bool IsBlocking)
{
    /// <summary>The event that it is about; null for none.</summary>
    public long? Sequence { get; init; }

    /// <summary>The asset of that event.</summary>
    public Guid? Asset { get; init; }

    /// <summary>How many partitions were found; null when it is not about that.</summary>
    public int? Partitions { get; init; }
}
