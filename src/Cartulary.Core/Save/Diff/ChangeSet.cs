using System.Collections.Immutable;
using Cartulary.Core.Save.Derive;

namespace Cartulary.Core.Save.Diff;

/// <summary>All differences of a save, in the order in which they are told.</summary>
internal sealed record ChangeSet(DerivedBatch Batch, ImmutableArray<AssetChange> Changes);
