using System.Collections.Immutable;

namespace Cartulary.Core.Query;

/// <summary>What a verification found.</summary>
/// <param name="Events">How many events were folded.</param>
/// <param name="Assets">How many stored assets were compared.</param>
/// <param name="Faults">What is wrong; empty when the log and the state agree.</param>
public sealed record Verification(long Events, long Assets, ImmutableArray<string> Faults);
