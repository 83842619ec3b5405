using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Audit;

/// <summary>Makes entries of events, in the words that clients know.</summary>
internal static class AuditEntries
{
    private const string PassedOn = "PROPAGATED_";
    private const string TermGiven = "TERM_ADD";
    private const string TermTaken = "TERM_DELETE";
    private const string TermAssignment = "AtlasGlossarySemanticAssignment";

    /// <summary>The actions that are about tags.</summary>
    public static ImmutableArray<string> TagActions { get; } =
        [.. Enum.GetValues<EventKind>().Where(kind => kind.TellsTags()).Select(OperationTypes.Of).SelectMany(action => new[] { action, PassedOn + action })];

    /// <summary>
    /// The entries of one event: one for each tag or set of custom metadata that it tells of; or one, and after it one for each term
    /// that the asset was given or has lost.
    /// </summary>
    public static IEnumerable<AuditEntry> Of(LoggedCommit commit, int index, LogRecord record, TypeRegistry registry)
    {
        var action = OperationTypes.Of(record.Kind);
        var entry = new AuditEntry(
            commit.FirstSequence + index,
            Part: 0,
            commit.Commit,
            index,
            record.Numbers.Asset,
            record.Asset,
            registry.Entity(record.Asset.TypeId).Name,
            action,
            commit.Context.Actor,
            commit.Time);
        if (record.Kind.TellsTags())
        {
            return record.Body.Tags.Select((change, part) => entry with
            {
                Part = part,
                Action = change.Key.Source == record.Asset.Guid ? action : PassedOn + action,
            });
        }

        return record.Kind == EventKind.BusinessAttributeUpdate
            ? Sets(record, registry).Select((_, part) => entry with { Part = part })
            : Terms(record, registry).Select((term, place) => entry with { Part = place + 1, Action = term.IsGiven ? TermGiven : TermTaken }).Prepend(entry);
    }

    /// <summary>The terms that an event tells its asset was given, and then those that it has lost.</summary>
    public static IEnumerable<(LoggedAsset Term, bool IsGiven)> Terms(LogRecord record, TypeRegistry registry)
    {
        var (given, taken) = (record.Body.Added, record.Body.Removed);
        return given.IsEmpty && taken.IsEmpty
            ? []
            : given.Where(IsTerm).Select(edge => (record.References[edge.Other], true)).Concat(taken.Where(IsTerm).Select(edge => (record.References[edge.Other], false)));

        bool IsTerm(EdgeDelta edge) => edge.Side == EndSide.Two && registry.Relationship(edge.RelationshipId).Name == TermAssignment;
    }

    /// <summary>The changes of custom metadata that an event tells, by set and in the order of the sets' names.</summary>
    public static ImmutableArray<IGrouping<string, AttributeChange>> Sets(LogRecord record, TypeRegistry registry) =>
    [
        .. record.Body.CustomMetadata
            .GroupBy(change => registry.Attribute(change.AttributeId).DeclaringType, StringComparer.Ordinal)
            .OrderBy(set => set.Key, StringComparer.Ordinal),
    ];
}
