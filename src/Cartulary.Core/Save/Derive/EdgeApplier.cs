using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Normalize;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>
/// Applies what a request says of edges, in payload order, so that the last statement wins. A partner that may have one
/// partner only leaves its old one.
/// </summary>
internal sealed class EdgeApplier(PlanningScope scope, AssetPool pool, EdgeBook edges)
{
    public void Apply(IEnumerable<NormalizedEdges> statements)
    {
        foreach (var statement in statements)
        {
            if (statement.Mode == EdgeMode.Remove)
            {
                Remove(statement);
                continue;
            }

            if (statement.Mode == EdgeMode.Replace)
            {
                RemoveOthers(statement);
            }

            foreach (var target in statement.Targets)
            {
                Link(statement, target);
            }
        }
    }

    private void Remove(NormalizedEdges statement)
    {
        foreach (var target in statement.Targets)
        {
            if (edges.Find(statement.End, statement.Subject.Guid, target.Asset.Guid) is { } entry)
            {
                entry.EndAt(target.Path.Length > 0 ? target.Path : statement.Path);
            }
        }
    }

    /// <summary>Takes away the members that a replacement does not name; suspended ones are not seen by it.</summary>
    private void RemoveOthers(NormalizedEdges statement)
    {
        var wanted = statement.Targets.Select(target => target.Asset.Guid).ToHashSet();
        foreach (var entry in edges.RecordedAt(statement.End, statement.Subject.Guid))
        {
            if (wanted.Contains(entry.Other(statement.Subject.Guid)))
            {
                continue;
            }

            // Whether a member is seen hangs on both ends being in use, which another save may be changing.
            scope.RelyOn(ConflictMarks.Life(entry.End1));
            scope.RelyOn(ConflictMarks.Life(entry.End2));
            if (IsVisible(entry))
            {
                entry.EndAt(statement.Path);
            }
        }
    }

    private void Link(NormalizedEdges statement, NormalizedTarget target)
    {
        if (target.Asset == statement.Subject)
        {
            scope.Report(ErrorCodes.RelationshipToSelf, target.Path, $"{statement.End} cannot join asset {target.Asset.Guid} to itself", statement.Subject.RequestGuid);
            return;
        }

        var entry = edges.FindOrMake(statement.End, statement.Subject.Guid, target.Asset.Guid);
        FreeSlot(statement.End, statement.Subject.Guid, entry, target.Path);
        FreeSlot(statement.End.Inverse, target.Asset.Guid, entry, target.Path);
        if (!entry.IsRecorded)
        {
            entry.IsRecorded = true;
            entry.Attributes = entry.Stored?.Attributes ?? AssetState.Empty;
        }

        if (target.Attributes is { Count: > 0 } said)
        {
            entry.Attributes = With(entry.Attributes, said);
        }
    }

    /// <summary>Where there may be one partner only, a new one takes the place of the old, a suspended one included.</summary>
    private void FreeSlot(EndAttribute end, Guid asset, EdgeEntry kept, string path)
    {
        if (end.IsMany)
        {
            return;
        }

        foreach (var entry in edges.RecordedAt(end, asset))
        {
            if (entry != kept)
            {
                entry.EndAt(path);
            }
        }
    }

    private bool IsVisible(EdgeEntry entry) =>
        entry.Stored is not { } stored || (StatusOf(stored.End1) == AssetStatus.Active && StatusOf(stored.End2) == AssetStatus.Active);

    private AssetStatus StatusOf(EdgeEnd end) => pool.Find(end.Guid)?.StatusAfter ?? end.Status;

    private static AssetState With(AssetState before, IReadOnlyDictionary<AssetAttribute, CanonicalValue?> said)
    {
        var values = before.Attributes.ToDictionary(attribute => attribute.AttributeId, attribute => attribute.Value);
        foreach (var (attribute, value) in said)
        {
            if ((value ?? attribute.Default) is { } after)
            {
                values[attribute.Id] = after;
            }
            else
            {
                values.Remove(attribute.Id);
            }
        }

        return AssetState.Create(
            [.. values.OrderBy(entry => entry.Key).Select(entry => new AttributeValue(entry.Key, entry.Value))],
            [],
            before.CustomAttributes);
    }
}
