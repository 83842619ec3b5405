using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Walks one asset's versions from the newest down, a bounded number of commits at a time.</summary>
/// <param name="session">The session.</param>
/// <param name="registry">Its types.</param>
/// <param name="asset">The asset.</param>
/// <param name="oldest">Its oldest version that is kept.</param>
internal sealed class VersionReader(IReadSession session, TypeRegistry registry, AssetId asset, long oldest)
{
    // A commit may hold ten thousand events, so few are held at once.
    private const int CommitsAtOnce = 16;

    /// <summary>Gives versions below one to <paramref name="take"/>, at most <paramref name="limit"/>.</summary>
    /// <returns>Below which version to go on; null when there is none that is kept.</returns>
    public async ValueTask<long?> ReadAsync(long before, int limit, Action<VersionChange> take, CancellationToken cancellationToken)
    {
        var left = limit;
        while (left > 0)
        {
            var versions = await session.VersionsAsync(asset, before - 1, Math.Min(left, CommitsAtOnce), cancellationToken);
            foreach (var change in await ReadAsync([.. versions.Where(version => version.Version >= oldest)], cancellationToken))
            {
                take(change);
            }

            if (versions.IsEmpty || versions[^1].Version <= oldest)
            {
                return null;
            }

            left -= versions.Length;
            before = versions[^1].Version;
        }

        return before;
    }

    private async ValueTask<IEnumerable<VersionChange>> ReadAsync(ImmutableArray<AssetVersion> versions, CancellationToken cancellationToken)
    {
        var commits = await session.CommitsAsync([.. versions.Select(version => version.Commit)], cancellationToken);
        var told = versions.Select(version => (version, Commit: commits[version.Commit], Events: CommitLog.DecodeOf(commits[version.Commit], asset))).ToList();
        var creations = told.SelectMany(entry => entry.Events).Where(entry => entry.Record.Kind == EventKind.EntityCreate);
        var states = await session.StatesAsync([.. creations.Select(entry => entry.Record.Numbers.Revision)], cancellationToken);
        return told.Select(entry => new VersionChange(
            entry.version.Version,
            entry.Commit.Time,
            entry.Commit.Context.Actor,
            entry.Commit.Context.SaveId,
            [.. entry.Events.Select(item => Describe(entry.Commit.FirstSequence + item.Index, item.Record, states))]));
    }

    private EventChange Describe(long sequence, LogRecord record, IReadOnlyDictionary<long, AssetState> states)
    {
        var body = record.Body;
        var isCreation = record.Kind == EventKind.EntityCreate;
        var first = isCreation ? states.GetValueOrDefault(record.Numbers.Revision) ?? AssetState.Empty : AssetState.Empty;
        var attributes = isCreation
            ? first.Attributes.Select(attribute => attribute.AttributeId)
            : body.Attributes.Select(change => change.AttributeId);
        var ends = body.Added.Concat(body.Removed).Select(delta => (delta.RelationshipId, delta.Side))
            .Concat(body.Changed.Select(change => (change.RelationshipId, change.Side)));
        return new EventChange(
            sequence,
            record.Kind,
            Names(attributes.Select(id => registry.Attribute(id).Name)),
            Names(ends.Select(end => registry.Relationship(end.RelationshipId).End(end.Side).Name)),
            isCreation || body.Status is not null,
            body.Labels is not null || !first.Labels.IsEmpty,
            body.CustomAttributes is not null || !first.CustomAttributes.IsEmpty,
            Names(body.Tags.Select(change => registry.Classification(change.Key.TypeId).Name)),
            Names(body.CustomMetadata.Select(change => registry.Attribute(change.AttributeId).ToString())));
    }

    private static ImmutableArray<string> Names(IEnumerable<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
