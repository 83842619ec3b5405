using System.Collections.Immutable;

namespace Cartulary.Core.Events;

/// <summary>What a sender needs to know of an event without reading its envelope.</summary>
/// <param name="Operation">Its operation type, as in its envelope.</param>
/// <param name="Asset">The guid of the asset it is about.</param>
/// <param name="TypeName">The asset's type.</param>
/// <param name="Version">The asset's version after the save.</param>
/// <param name="Time">The commit's time, epoch milliseconds.</param>
/// <param name="Actor">Who saved.</param>
/// <param name="Headers">The request's headers that are in the envelope.</param>
/// <param name="Cause">The sequence of the event that it follows from, or null.</param>
public sealed record EventLabel(
    string Operation,
    Guid Asset,
    string TypeName,
    long Version,
    long Time,
    string Actor,
    ImmutableSortedDictionary<string, string> Headers,
    long? Cause)
{
    internal static EventLabel Of(EventToRender source) => new(
        OperationTypes.Of(source.Record.Kind),
        source.Record.Asset.Guid,
        source.Type.Name,
        source.Record.Numbers.Version,
        source.Commit.Time,
        source.Commit.Context.Actor,
        source.Commit.Context.Headers,
        source.Record.Body.Cause is { } cause ? source.Commit.FirstSequence + cause.EventIndex : null);
}
