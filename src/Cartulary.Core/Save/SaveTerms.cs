using Cartulary.Core.Ports;

namespace Cartulary.Core.Save;

/// <summary>What a caller asks for beside what is to be saved.</summary>
public sealed record SaveTerms
{
    /// <summary>Nothing.</summary>
    public static SaveTerms None { get; } = new();

    /// <summary>Whether the outcome is to have receipts; they cost nothing when they are not asked for.</summary>
    public bool WithReceipts { get; init; }

    /// <summary>The key by which the request is known again when it is sent twice; null for none.</summary>
    public RequestKey? Key { get; init; }
}
