using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Normalize;

namespace Cartulary.Core.Query;

/// <summary>Finds the commit that a moment means, or says why it cannot be seen.</summary>
internal static class PastLocator
{
    /// <summary>The commit as of which an asset is to be read.</summary>
    public static async ValueTask<(CommitNumber? Commit, Problem? Problem)> FindAsync(
        IReadSession session, StoredAsset asset, Moment moment, string parameter, CancellationToken cancellationToken)
    {
        if (moment is Moment.AtVersion(var version))
        {
            return asset.Status == AssetStatus.Purged && version == asset.Version
                ? (null, Ended(asset, parameter))
                : await FindVersionAsync(session, asset, version, parameter, cancellationToken);
        }

        var (commit, problem) = await FindAsync(session, moment, parameter, cancellationToken);
        return commit is { } found && await CheckAllAsync(session, [asset], found, moment, parameter, cancellationToken) is [var absent, ..]
            ? (null, absent)
            : (commit, problem);
    }

    /// <summary>The commit that a moment means for all assets; it may lie before the past that is kept.</summary>
    public static async ValueTask<(CommitNumber? Commit, Problem? Problem)> FindAsync(
        IReadSession session, Moment moment, string parameter, CancellationToken cancellationToken)
    {
        switch (moment)
        {
            case Moment.AtTime(var time):
                return (time == long.MaxValue ? session.Head.Commit : await session.CommitBeforeTimeAsync(time + 1, cancellationToken), null);
            case Moment.AtSequence(var sequence) when sequence > session.Head.Sequence:
                return (null, new Problem(
                    ErrorCodes.PositionAhead, parameter, Text($"The position {sequence} lies after the log's head {session.Head.Sequence}")));
            case Moment.AtSequence(var sequence):
                var before = await session.CommitBeforeAsync(sequence, cancellationToken);
                return (new CommitNumber(sequence < 1 ? 0 : before.Value + 1), null);
            default:
                return (session.Head.Commit, null);
        }
    }

    /// <summary>Why some of the assets cannot be seen as of a commit; empty when all can.</summary>
    public static async ValueTask<ImmutableArray<Problem>> CheckAllAsync(
        IReadSession session,
        IReadOnlyCollection<StoredAsset> assets,
        CommitNumber commit,
        Moment moment,
        string parameter,
        CancellationToken cancellationToken)
    {
        var trimmed = session.Head.Trimmed;
        var isKept = commit.Value >= trimmed.Value;
        var then = await session.LoadAsOfAsync([.. assets.Select(asset => asset.Id)], isKept ? commit : trimmed, cancellationToken);
        if (isKept && assets.All(asset => then.ContainsKey(asset.Id)))
        {
            return [];
        }

        var ends = isKept ? await EndsAsync(session, assets, cancellationToken) : [];
        return
        [
            .. from asset in assets
               where !isKept || !then.ContainsKey(asset.Id)
               select then.TryGetValue(asset.Id, out var oldest) && !(moment is Moment.AtTime(var time) && time < oldest.Created.Time)
                   ? Trimmed(asset, oldest.Version, parameter)
                   : ends.TryGetValue(asset.Id, out var end) && end.Value <= commit.Value
                       ? Ended(asset, parameter)
                       : CreatedLater(asset, parameter),
        ];
    }

    /// <summary>The commits that purged assets, of those that are.</summary>
    private static async ValueTask<Dictionary<AssetId, CommitNumber>> EndsAsync(
        IReadSession session, IReadOnlyCollection<StoredAsset> assets, CancellationToken cancellationToken)
    {
        var ends = new Dictionary<AssetId, CommitNumber>();
        foreach (var asset in assets.Where(asset => asset.Status == AssetStatus.Purged))
        {
            ends[asset.Id] = (await session.VersionsAsync(asset.Id, asset.Version, limit: 1, cancellationToken))[0].Commit;
        }

        return ends;
    }

    private static async ValueTask<(CommitNumber? Commit, Problem? Problem)> FindVersionAsync(
        IReadSession session, StoredAsset present, long version, string parameter, CancellationToken cancellationToken)
    {
        var asset = present.Id;
        if (version < 1 || version > present.Version)
        {
            return (null, new Problem(
                ErrorCodes.NoSuchVersion,
                parameter,
                Text($"Asset {present.Guid} has no version {version}; the present one is {present.Version}"),
                present.Guid.ToString("D")));
        }

        var rows = await session.VersionsAsync(asset, Math.Min(version + 1, present.Version), limit: 2, cancellationToken);
        var trimmed = session.Head.Trimmed;
        var own = rows.FirstOrDefault(row => row.Version == version);
        var isKept = own.Version == version && (version == present.Version || rows[0].Commit.Value > trimmed.Value);
        if (isKept)
        {
            return (new CommitNumber(Math.Max(own.Commit.Value, trimmed.Value)), null);
        }

        var oldest = (await session.LoadAsOfAsync([asset], trimmed, cancellationToken)).GetValueOrDefault(asset);
        return (null, Trimmed(present, oldest?.Version ?? 1, parameter));
    }

    private static Problem Ended(StoredAsset asset, string parameter) => new(
        ErrorCodes.NoSuchVersion,
        parameter,
        Text($"Asset {asset.Guid} did not exist any more then: it was purged at {Iso8601.Show(asset.Updated.Time)}; its last version is {asset.Version - 1}"),
        asset.Guid.ToString("D"));

    private static Problem CreatedLater(StoredAsset asset, string parameter) => new(
        ErrorCodes.NoSuchVersion,
        parameter,
        Text($"Asset {asset.Guid} did not exist then: it was created at {Iso8601.Show(asset.Created.Time)}"),
        asset.Guid.ToString("D"));

    private static Problem Trimmed(StoredAsset asset, long oldest, string parameter) => new(
        ErrorCodes.PastTrimmed,
        parameter,
        Text($"That past of asset {asset.Guid} has been trimmed; its oldest version that can be read is {oldest}"),
        asset.Guid.ToString("D"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
