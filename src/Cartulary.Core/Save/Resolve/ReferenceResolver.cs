using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Resolve;

/// <summary>Finds the assets that the relationship attributes of a request name, stored ones and those of the request itself.</summary>
internal sealed class ReferenceResolver(PlanningScope scope, IdentityResolver identities, ILookup<AssetKey, KeyMatch> matches)
{
    /// <summary>What the request says of edges; references of listings without an asset are left out.</summary>
    public ImmutableArray<EdgeStatement> Resolve(IEnumerable<ListedReference> references, Dictionary<string, BatchAsset> subjects)
    {
        var statements = ImmutableArray.CreateBuilder<EdgeStatement>();
        foreach (var group in references.GroupBy(reference => (reference.FieldPath, reference.End)))
        {
            var first = group.First();
            if (subjects.TryGetValue(first.Owner.Path, out var subject))
            {
                var targets = group.Where(reference => !reference.IsEmpty)
                    .Select(reference => TargetOf(reference))
                    .OfType<EdgeTarget>();
                statements.Add(new EdgeStatement(subject, first.End, first.Mode, [.. targets], first.FieldPath));
            }
        }

        return statements.ToImmutable();
    }

    private EdgeTarget? TargetOf(ListedReference listed)
    {
        var reference = listed.Reference;
        var candidates = 0;
        var target = reference.Guid is { } guid
            ? identities.Find(guid)
            : FindByKey(listed, out candidates);
        if (target is null)
        {
            ReportNoTarget(listed, candidates);
            return null;
        }

        if (!target.Type.Is(listed.End.OtherTypeName))
        {
            scope.Report(ErrorCodes.NoRelationship, reference.Path, $"{listed.End} takes {listed.End.OtherTypeName} and not {target.Type.Name}", listed.Owner.Guid?.Text);
            return null;
        }

        return new EdgeTarget(target, reference.EdgeAttributes, reference.Path);
    }

    private void ReportNoTarget(ListedReference listed, int candidates)
    {
        var reference = listed.Reference;
        if (scope.Unresolved.Holds(reference) || (reference.Guid is null && listed.Key is null))
        {
            // What keeps it from being found has been told.
            return;
        }

        var name = reference.Guid?.Text ?? $"{reference.TypeName} {{{reference.UniqueAttribute}={reference.UniqueValue}}}";
        if (candidates > 1)
        {
            scope.Report(ErrorCodes.BadRequest, reference.Path, $"{candidates} assets of subtypes fit {name}: name the exact type", listed.Owner.Guid?.Text);
        }
        else
        {
            scope.Report(ErrorCodes.ReferenceNotFound, reference.Path, $"Referenced entity {name} is not found", listed.Owner.Guid?.Text);
        }
    }

    private BatchAsset? FindByKey(ListedReference listed, out int candidates)
    {
        candidates = 0;
        if (listed.Key is not { } key || listed.KeyType is not { } type)
        {
            return null;
        }

        return identities.FindNamed(type, key, matches[key], out candidates);
    }
}
