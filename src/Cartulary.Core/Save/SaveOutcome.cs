using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Receipts;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save;

/// <summary>What came of a save.</summary>
public abstract record SaveOutcome
{
    private SaveOutcome()
    {
    }

    /// <summary>It changed something; all of it is durable, with its events.</summary>
    /// <param name="Summary">What changed.</param>
    /// <param name="Receipt">The numbers it was given.</param>
    /// <param name="Context">Who saved.</param>
    /// <param name="Registry">Types that know all of the assets it changed.</param>
    public sealed record Committed(SaveSummary Summary, CommitReceipt Receipt, CommitContext Context, TypeRegistry Registry) : SaveOutcome
    {
        /// <summary>A receipt for each asset; null when they were not asked for.</summary>
        public ImmutableArray<AssetReceipt>? Receipts { get; init; }

        /// <summary>Whether an earlier save did it, and this is its answer given again because the request was sent twice.</summary>
        public bool IsReplayed { get; init; }
    }

    /// <summary>On trial: it would change something, and nothing was done.</summary>
    /// <param name="Save">What would come of it; its numbers, times and new guids are foreseen and given to nobody.</param>
    /// <param name="Events">The events that would be told.</param>
    /// <param name="Head">The sequence after which it would be saved.</param>
    public sealed record Foreseen(Committed Save, ImmutableArray<FeedEvent> Events, long Head) : SaveOutcome;

    /// <summary>It changed nothing: nothing was written and nothing told.</summary>
    /// <param name="Summary">The guids that the request's guids stand for.</param>
    public sealed record Unchanged(SaveSummary Summary) : SaveOutcome
    {
        /// <summary>A receipt for each asset; null when they were not asked for.</summary>
        public ImmutableArray<AssetReceipt>? Receipts { get; init; }
    }

    /// <summary>It was refused; nothing was written.</summary>
    /// <param name="Problems">All that is wrong with it.</param>
    public sealed record Rejected(ImmutableArray<Problem> Problems) : SaveOutcome
    {
        /// <summary>How many problems there are beside those listed.</summary>
        public int Omitted { get; init; }
    }
}
