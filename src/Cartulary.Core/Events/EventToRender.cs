using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>Everything an envelope is made from.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Index">The event's place in the commit.</param>
/// <param name="Record">The event.</param>
/// <param name="Records">All events of the commit.</param>
/// <param name="State">The asset's state after the save.</param>
/// <param name="Created">Who created the asset, and when.</param>
/// <param name="Registry">The types.</param>
public sealed record EventToRender(
    LoggedCommit Commit, int Index, LogRecord Record, IReadOnlyList<LogRecord> Records, AssetState State, CommitStamp Created, TypeRegistry Registry)
{
    /// <summary>The event's sequence.</summary>
    public long Sequence => Commit.FirstSequence + Index;

    /// <summary>The asset's type.</summary>
    public EntityType Type { get; } = Registry.Entity(Record.Asset.TypeId);
}
