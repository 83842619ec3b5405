using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// Turns a request about one relationship into what an asset's request would say of it, seen from its end 1; both ends are
/// what the request is about.
/// </summary>
internal sealed class EdgeCallResolver(PlanningScope scope, AssetPool pool)
{
    /// <summary>The assets that the request's ends stand for, as <c>end1</c> and <c>end2</c>.</summary>
    public ImmutableArray<KeyValuePair<string, Guid>> Assignments { get; private set; } = [];

    /// <summary>The statement; none when problems were reported.</summary>
    public async ValueTask<ImmutableArray<EdgeStatement>> ResolveAsync(EdgeCall call, CancellationToken cancellationToken)
    {
        var statement = call.Action == EdgeAction.Create ? await NewAsync(call, cancellationToken) : await StandingAsync(call, cancellationToken);
        return statement is null ? [] : [statement];
    }

    /// <summary>Refuses a relationship that is to be recorded and stands already.</summary>
    public void CheckNew(EdgeBook edges, ImmutableArray<EdgeStatement> statements)
    {
        foreach (var statement in statements.Where(statement => statement.Call == EdgeAction.Create))
        {
            var other = statement.Targets[0].Asset.Guid;
            if (edges.Find(statement.End, statement.Subject.Guid, other) is { IsRecorded: true })
            {
                scope.Report(
                    ErrorCodes.RelationshipExists,
                    "",
                    $"relationship {statement.End.Relationship.Name} already exists between entities {statement.Subject.Guid} and {other}");
            }
        }
    }

    private async ValueTask<EdgeStatement?> NewAsync(EdgeCall call, CancellationToken cancellationToken)
    {
        var type = scope.Registry.FindRelationship(call.TypeName!);
        if (type is null)
        {
            scope.Report(ErrorCodes.InvalidValue, "typeName", $"invalid value: there is no relationship type {call.TypeName}");
        }

        var (one, two) = await FindEndsAsync(call, cancellationToken);
        if (type is null || one is null || two is null)
        {
            return null;
        }

        Assignments = [new("end1", one.Guid), new("end2", two.Guid)];
        if (Fit(type, one, two))
        {
            return About(call, type, one, two, EdgeMode.Append);
        }

        if (Fit(type, two, one))
        {
            return About(call, type, two, one, EdgeMode.Append);
        }

        var (first, second) = (type.End1.Definition.Type, type.End2.Definition.Type);
        scope.Report(
            ErrorCodes.UnfitEnds,
            one.Type.Is(first) || two.Type.Is(first) ? "end2" : "end1",
            $"{type.Name} joins {first} and {second}, and not {one.Type.Name} and {two.Type.Name}");
        return null;
    }

    private async ValueTask<EdgeStatement?> StandingAsync(EdgeCall call, CancellationToken cancellationToken)
    {
        if (!EdgeGuid.TryRead(call.Guid, out var link) || !(await scope.FindByLinkAsync([link], cancellationToken)).TryGetValue(link, out var edge))
        {
            scope.Report(EdgeGuid.NotFound(call.Guid!));
            return null;
        }

        if (edge is null)
        {
            scope.Report(EdgeGuid.Ended(call.Guid!));
            return null;
        }

        await pool.LoadAsync([edge.End1.Id, edge.End2.Id], cancellationToken);
        var (one, two) = (pool.Find(edge.End1.Id)!, pool.Find(edge.End2.Id)!);
        var type = scope.Registry.Relationship(edge.RelationshipId);
        CheckSame(call, type, one, two, await FindEndsAsync(call, cancellationToken));
        Assignments = [new("end1", one.Guid), new("end2", two.Guid)];
        return About(call, type, one, two, call.Action == EdgeAction.Remove ? EdgeMode.Remove : EdgeMode.Append);
    }

    /// <summary>Type and ends of a relationship stay what they are; a request may say them again, the ends in either order.</summary>
    private void CheckSame(EdgeCall call, RelationshipType type, BatchAsset one, BatchAsset two, (BatchAsset? One, BatchAsset? Two) said)
    {
        if (call.TypeName is { } name && name != type.Name)
        {
            scope.Report(
                ErrorCodes.RelationshipTypeChange, "typeName", $"change of relationship type is not permitted: {call.Guid} is of type {type.Name}, and not {name}");
        }

        if (Allows(said.One, one) && Allows(said.Two, two))
        {
            return;
        }

        if (!(Allows(said.One, two) && Allows(said.Two, one)))
        {
            scope.Report(
                ErrorCodes.EndChange,
                Allows(said.One, one) ? "end2" : "end1",
                $"change of relationship end is not permitted: {type.Name} {call.Guid} joins {one.Guid} and {two.Guid}");
        }
    }

    private static bool Allows(BatchAsset? said, BatchAsset stands) => said is null || said == stands;

    private EdgeStatement About(EdgeCall call, RelationshipType type, BatchAsset one, BatchAsset two, EdgeMode mode)
    {
        one.Order = 0;
        two.Order ??= 1;
        foreach (var end in new[] { one, two })
        {
            scope.RelyOn(ConflictMarks.Life(end.Guid));
            scope.RelyOn(ConflictMarks.Name(end.Guid));
        }

        return new EdgeStatement(one, type.End1, mode, [new EdgeTarget(two, call.Attributes, "end2")], "") { Call = call.Action };
    }

    private static bool Fit(RelationshipType type, BatchAsset one, BatchAsset two) =>
        one.Type.Is(type.End1.Definition.Type) && two.Type.Is(type.End2.Definition.Type);

    private async ValueTask<(BatchAsset? One, BatchAsset? Two)> FindEndsAsync(EdgeCall call, CancellationToken cancellationToken)
    {
        ImmutableArray<RequestReference> references = [.. new[] { call.End1, call.End2 }.OfType<RequestReference>()];
        var keys = references.Where(reference => reference.Guid is null).ToDictionary(reference => reference, KeyOf);
        var guids = await scope.FindByGuidAsync([.. references.Select(reference => reference.Guid?.Real).OfType<Guid>().Distinct()], cancellationToken);
        var matches = await scope.FindByKeyAsync([.. keys.Values.Select(asked => asked.Key).OfType<AssetKey>().Distinct()], cancellationToken);
        await pool.LoadAsync([.. guids.Values, .. matches.Select(match => match.Asset)], cancellationToken);
        return (Find(call.End1), Find(call.End2));

        BatchAsset? Find(RequestReference? reference) =>
            reference is null ? null : reference.Guid is { } guid ? ByGuid(reference, guid) : ByKey(reference, keys[reference], matches);
    }

    private BatchAsset? ByGuid(RequestReference reference, RequestGuid guid)
    {
        if (guid.Real is not { } real || pool.Find(real) is not { } asset)
        {
            scope.Report(ErrorCodes.ReferenceNotFound, reference.Path, $"Referenced entity {guid.Text} is not found");
            return null;
        }

        if (reference.TypeName is { Length: > 0 } name && !asset.Type.Is(name))
        {
            scope.Report(ErrorCodes.EndTypeDiffers, $"{reference.Path}.typeName", $"asset {asset.Guid} is a {asset.Type.Name}, which is no {name}");
            return null;
        }

        return asset;
    }

    private BatchAsset? ByKey(RequestReference reference, (AssetKey? Key, EntityType? Type) asked, ImmutableArray<KeyMatch> matches)
    {
        if (asked is not ({ } key, { } type))
        {
            return null;
        }

        if (KeyMatching.Choose(matches.Where(match => match.Key == key), type, out var candidates) is { } match)
        {
            return pool.Find(match.Asset);
        }

        var name = $"{reference.TypeName} {{{reference.UniqueAttribute}={reference.UniqueValue}}}";
        scope.Report(
            candidates > 1 ? ErrorCodes.BadRequest : ErrorCodes.ReferenceNotFound,
            reference.Path,
            candidates > 1 ? $"{candidates} assets of subtypes fit {name}: name the exact type" : $"Referenced entity {name} is not found");
        return null;
    }

    /// <summary>The key that a reference by name asks for; null when it cannot be asked for, which is reported.</summary>
    private (AssetKey? Key, EntityType? Type) KeyOf(RequestReference reference)
    {
        var selector = new AssetSelector.ByUniqueAttribute(reference.TypeName!, reference.UniqueAttribute!, reference.UniqueValue!);
        var key = SelectorResolver.KeyOf(scope.Registry, selector, out var type, out var problem);
        if (problem is not null)
        {
            scope.Report(problem with { Path = reference.Path });
        }

        return (key, type);
    }
}
