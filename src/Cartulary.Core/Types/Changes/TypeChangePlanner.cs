using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Save;

namespace Cartulary.Core.Types.Changes;

/// <summary>Plans making and changing definitions.</summary>
internal sealed class TypeChangePlanner(TypeRegistry registry, Func<string, bool> isBuiltIn, IIdSource ids, string actor, long time)
{
    /// <summary>Plans a request.</summary>
    public TypeChangePlan Plan(ImmutableArray<RequestedType> request, TypeChangeManner manner)
    {
        var types = WithoutEnds(new TypeNames(registry, manner, ids).Settle(request));
        var scene = new TypeScene(registry, types.Select(type => type.Definition));
        var uses = ImmutableArray.CreateBuilder<TypeUse>();
        var present = CheckPresence(scene, types, manner);
        if (scene.Problems.Count == 0)
        {
            Check(scene, types, manner, uses);
        }
        else
        {
            CheckRest(scene, types, present, manner);
        }

        if (scene.Problems.Count > 0)
        {
            return TypeChangePlan.Refused(scene.Problems.ToImmutable());
        }

        var numbers = new TypeNumbers([.. registry.Stored, .. registry.Removed]);
        ImmutableArray<StoredType> writes =
        [
            .. from type in types
               let known = registry.FindDefinition(type.Definition.Name)
               where known is null || !TypeContent.AreSame(known.Definition, type.Definition)
               select numbers.Number(TypeContent.Stamp(type.Definition, known?.Definition, actor, time, ids.NewGuid), known),
        ];
        var problems = WhyUnbuildable(types, writes);
        return problems.IsEmpty
            ? new TypeChangePlan([], [.. types.Select(type => type.Definition.Name)], writes, uses.ToImmutable())
            : TypeChangePlan.Refused(problems);
    }

    /// <summary>
    /// Apache Atlas's types may declare as attributes what a relationship's end gives them too; the end is it. An attribute of an
    /// asset type without an end stays, and is refused.
    /// </summary>
    private ImmutableArray<RequestedType> WithoutEnds(ImmutableArray<RequestedType> types)
    {
        var scene = new TypeScene(registry, types.Select(type => type.Definition));
        var ends = scene.All.OfType<RelationshipDef>().SelectMany(definition => new[] { definition.EndDef1, definition.EndDef2 })
            .ToLookup(end => end.Name, end => end.Type, StringComparer.Ordinal);
        return [.. types.Select(type => type.Definition is EntityDef entity ? type with { Definition = Without(entity) } : type)];

        EntityDef Without(EntityDef entity)
        {
            var family = scene.Ancestors(entity).Select(superType => superType.Name).Append(entity.Name).ToHashSet(StringComparer.Ordinal);
            return entity with
            {
                AttributeDefs = [.. entity.AttributeDefs.Where(attribute => !(ends[attribute.Name].Any(family.Contains) && TypeText.Names(attribute.TypeName).All(name => scene.Find(name) is EntityDef)))],
            };
        }
    }

    /// <summary>
    /// Checks the definitions that may be there, among those that are stored. One that should be there and is not may be meant by others,
    /// so it is no mistake of theirs that it is missing.
    /// </summary>
    private void CheckRest(TypeScene scene, ImmutableArray<RequestedType> types, ImmutableArray<RequestedType> present, TypeChangeManner manner)
    {
        var missing = types.Where(type => registry.FindDefinition(type.Definition.Name) is null).Except(present);
        var rest = new TypeScene(registry, [.. missing.Concat(present).Select(type => type.Definition)]);
        Check(rest, present, manner, ImmutableArray.CreateBuilder<TypeUse>());
        scene.Problems.Add(rest.Problems.ToImmutable(), rest.Problems.Omitted);
    }

    /// <summary>The definitions that are there exactly if they are to be changed.</summary>
    private ImmutableArray<RequestedType> CheckPresence(TypeScene scene, ImmutableArray<RequestedType> types, TypeChangeManner manner)
    {
        var present = ImmutableArray.CreateBuilder<RequestedType>(types.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var (definition, path) = (type.Definition, type.Path);
            var known = registry.FindDefinition(definition.Name)?.Definition;
            if (definition.Name.Length > 0 && (!names.Add(definition.Name) || (known is not null && !manner.IsUpdate)))
            {
                scene.Refuse(ErrorCodes.TypeExists, $"{path}.name", $"Given type {definition.Name} already exists");
            }
            else if (known is null && manner.IsUpdate)
            {
                scene.Refuse(ErrorCodes.UnknownTypedef, $"{path}.name", $"Given typename {definition.Name} was invalid");
            }
            else if (known is not null && known.Category != definition.Category)
            {
                scene.Refuse(ErrorCodes.CategoryDiffers, path, $"Given type {definition.Name} doesn't match: it is a {known.Category}");
            }
            else
            {
                present.Add(type);
            }
        }

        return present.ToImmutable();
    }

    private void Check(TypeScene scene, ImmutableArray<RequestedType> types, TypeChangeManner manner, ImmutableArray<TypeUse>.Builder uses)
    {
        var evolution = new EvolutionRules(scene, manner, uses);
        foreach (var (definition, path) in types.Select(type => (type.Definition, type.Path)))
        {
            var known = scene.Stored(definition.Name);
            if (known is not null && TypeContent.AreSame(known, definition))
            {
                continue;
            }

            DefinitionRules.Check(scene, definition, path);
            if (known is not null)
            {
                evolution.Check(known, definition, path);
                if (isBuiltIn(definition.Name))
                {
                    evolution.CheckBuiltIn(known, definition, path);
                }
            }
        }

        EndRules.Check(scene, types);
        DisplayNameRules.Check(scene, types, manner);
    }

    /// <summary>What the registry itself says of the definitions, such as a default that is no value of its type.</summary>
    private ImmutableArray<Problem> WhyUnbuildable(ImmutableArray<RequestedType> types, ImmutableArray<StoredType> writes)
    {
        var changed = writes.Select(type => type.Id).ToHashSet();
        try
        {
            TypeRegistryBuilder.Build(registry.Version, [.. registry.Stored.Where(type => !changed.Contains(type.Id)), .. registry.Removed, .. writes], registry.Settings);
            return [];
        }
        catch (InvalidTypeException problem)
        {
            var path = types.FirstOrDefault(type => writes.Any(written => written.Definition.Name == type.Definition.Name))?.Path ?? "";
            return [new Problem(ErrorCodes.InvalidTypedef, path, $"Invalid type definition: {problem.Message}")];
        }
    }
}
