using Cartulary.Cli.Client;

namespace Cartulary.Cli.Receiving;

/// <summary>Which messages a receiver is to fail on purpose, to see what becomes of them.</summary>
/// <param name="Status">What it answers then; null for never.</param>
internal sealed record FailurePlan(int? Status)
{
    /// <summary>Only every so-manyeth message.</summary>
    public int? Every { get; init; }

    /// <summary>Only the first so many.</summary>
    public int? First { get; init; }

    /// <summary>Only those about this asset: its guid or its qualified name.</summary>
    public string? Asset { get; init; }

    /// <summary>The status to fail a message with, or null to take it.</summary>
    /// <param name="place">The how-manyeth message it is, from 1.</param>
    /// <param name="told">The event in it; null when it is none.</param>
    public int? StatusFor(long place, FeedEvent? told) =>
        (Every is not { } every || place % every == 0)
        && (First is not { } first || place <= first)
        && (Asset is not { } asset || (told?.Asset is { } header && (header.Guid == asset || header.QualifiedName == asset)))
            ? Status
            : null;
}
