using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Cli.Sources;

/// <summary>What a source of one schema holds, read to its end before anything is sent.</summary>
/// <param name="Connection">The connection that the assets stand below; it is made when the catalog does not know it.</param>
/// <param name="Scope">The schema whose tables, views and columns the scan covers.</param>
/// <param name="Assets">The assets, parents first.</param>
/// <param name="Unread">Tables and views whose columns could not be read, by qualified name.</param>
/// <param name="Warnings">What was left out, for people.</param>
internal sealed record SourceScan(
    SourceAsset Connection,
    SourceScope Scope,
    ImmutableArray<SourceAsset> Assets,
    FrozenSet<string> Unread,
    ImmutableArray<string> Warnings) : ISource
{
    /// <inheritdoc/>
    public IAsyncEnumerable<SourceAsset> ReadAsync(ScanReport report, CancellationToken cancellationToken)
    {
        report.End(Scope);
        foreach (var relation in Unread)
        {
            report.MarkUnread(relation);
        }

        foreach (var warning in Warnings)
        {
            report.Warn(warning);
        }

        return Assets.ToAsyncEnumerable();
    }
}
