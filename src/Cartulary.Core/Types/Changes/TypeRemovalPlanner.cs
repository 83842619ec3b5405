using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>Plans removing definitions. What refers to them must be removed with them, and nothing of them may be stored.</summary>
internal sealed class TypeRemovalPlanner(TypeRegistry registry, Func<string, bool> isBuiltIn, string actor, long time)
{
    /// <summary>Plans the removal of definitions, each with the place where the request names it.</summary>
    public TypeChangePlan Plan(ImmutableArray<(string Name, string Path)> targets)
    {
        var problems = new ProblemList();
        var uses = ImmutableArray.CreateBuilder<TypeUse>();
        var names = targets.Select(target => target.Name).ToHashSet(StringComparer.Ordinal);
        var removed = new Dictionary<string, StoredType>(StringComparer.Ordinal);
        foreach (var (name, path) in targets)
        {
            if (registry.FindDefinition(name) is not { } known)
            {
                problems.Add(new Problem(ErrorCodes.UnknownTypedef, path, $"Given typename {name} was invalid"));
            }
            else if (isBuiltIn(name))
            {
                problems.Add(new Problem(ErrorCodes.BuiltInType, path, $"{name} is a System-type"));
            }
            else
            {
                removed[name] = known with { Definition = known.Definition with { RemovedBy = actor, RemoveTime = time } };
                CheckReferences(known.Definition, names, path, problems);
                uses.Add(UseOf(known, path));
            }
        }

        return problems.Count > 0
            ? TypeChangePlan.Refused(problems.ToImmutable())
            : new TypeChangePlan([], [.. removed.Keys], [.. removed.Values], uses.ToImmutable());
    }

    private void CheckReferences(TypeDef definition, HashSet<string> removed, string path, ProblemList problems)
    {
        foreach (var other in registry.Stored.Select(type => type.Definition).Where(other => !removed.Contains(other.Name)))
        {
            if (other is RelationshipDef relationship && (relationship.EndDef1.Type == definition.Name || relationship.EndDef2.Type == definition.Name))
            {
                problems.Add(new Problem(ErrorCodes.TypeHasRelationships, path, $"Given type {definition.Name} has associated relationshipDefs: {other.Name}"));
            }
            else if (RefersTo(other, definition))
            {
                problems.Add(new Problem(ErrorCodes.TypeInUse, path, $"Given type {definition.Name} has references: {other.Name}"));
            }
        }
    }

    private static bool RefersTo(TypeDef other, TypeDef definition) =>
        TypeScene.SuperTypesOf(other).Contains(definition.Name, StringComparer.Ordinal)
        || other.OwnAttributes.Any(attribute => TypeText.Names(attribute.TypeName).Contains(definition.Name, StringComparer.Ordinal))
        || (other is ClassificationDef tag && tag.EntityTypes.Contains(definition.Name, StringComparer.Ordinal))
        || (other is BusinessMetadataDef && other.OwnAttributes.Any(attribute =>
            BusinessAttribute.NamesIn(attribute.Options?.GetValueOrDefault("applicableEntityTypes")) is { } names && names.Contains(definition.Name, StringComparer.Ordinal)));

    private static TypeUse UseOf(StoredType type, string path)
    {
        var name = type.Definition.Name;
        return type.Definition switch
        {
            ClassificationDef tag => new TypeUse.OfType(type.Id, new Problem(ErrorCodes.TagInUse, path, $"Given classification {tag.DisplayName ?? name} [{name}] has references")),
            BusinessMetadataDef => new TypeUse.OfAttributes([.. type.AttributeIds.Values], Texts: null, InUse("an asset has a value")),
            EntityDef => new TypeUse.OfType(type.Id, InUse("there are assets of it, in use or archived")),
            _ => new TypeUse.OfType(type.Id, InUse("assets are related by it")),
        };

        Problem InUse(string why) => new(ErrorCodes.TypeInUse, path, $"Given type {name} has references: {why}");
    }
}
