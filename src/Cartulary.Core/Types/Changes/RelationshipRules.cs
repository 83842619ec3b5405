using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>What holds for a relationship definition and its two ends.</summary>
internal static class RelationshipRules
{
    /// <summary>Notes all that is wrong with a relationship definition beside its attributes.</summary>
    public static void Check(TypeScene scene, RelationshipDef definition, string path)
    {
        CheckEnd(scene, definition, definition.EndDef1, $"{path}.endDef1");
        CheckEnd(scene, definition, definition.EndDef2, $"{path}.endDef2");
        CheckContainers(scene, definition, path);
        var (one, two) = (definition.EndDef1, definition.EndDef2);
        if (one.Type == two.Type && one.Name == two.Name && (one.Cardinality != two.Cardinality || one.IsContainer != two.IsContainer))
        {
            scene.Refuse(ErrorCodes.InvalidTypedef, $"{path}.endDef2", $"Invalid type definition {definition.Name}: both ends are {one.Type}.{one.Name} and must be alike");
        }
    }

    private static void CheckEnd(TypeScene scene, RelationshipDef definition, RelationshipEndDef end, string path)
    {
        if (end.Name.Length == 0)
        {
            scene.Refuse(ErrorCodes.EmptyName, $"{path}.name", $"Mandatory field {definition.Name}.name has empty/null value");
        }

        if (end.Cardinality == Cardinality.List)
        {
            scene.Refuse(ErrorCodes.ListEnd, $"{path}.cardinality", $"relationshipDef {definition.Name} cannot have a LIST cardinality on an end");
        }

        if (scene.Find(end.Type) is not EntityDef type)
        {
            scene.Refuse(ErrorCodes.InvalidEndType, $"{path}.type", $"relationshipDef {definition.Name} has invalid end type {end.Type}");
            return;
        }

        var owner = scene.Ancestors(type).Append(type)
            .Concat(scene.All.Where(other => other is EntityDef && scene.Ancestors(other).Exists(superType => superType.Name == type.Name)))
            .FirstOrDefault(other => other.OwnAttributes.Any(attribute => attribute.Name == end.Name));
        if (owner is not null)
        {
            scene.Refuse(ErrorCodes.InvalidTypedef, $"{path}.name", $"Invalid type definition {definition.Name}: {owner.Name} has an attribute {end.Name}");
        }
    }

    private static void CheckContainers(TypeScene scene, RelationshipDef definition, string path)
    {
        var (one, two) = (definition.EndDef1, definition.EndDef2);
        var name = definition.Name;
        switch (definition.RelationshipCategory, (one.IsContainer ? 1 : 0) + (two.IsContainer ? 1 : 0))
        {
            case (_, 2):
                scene.Refuse(ErrorCodes.TwoContainers, path, $"relationshipDef {name} creation attempted with both ends as containers");
                break;
            case (RelationshipCategory.Association, 1):
                scene.Refuse(ErrorCodes.AssociationWithContainer, path, $"ASSOCIATION relationshipDef {name} creation attempted with an end specifying isContainer");
                break;
            case (RelationshipCategory.Composition, 0):
                scene.Refuse(ErrorCodes.CompositionWithoutContainer, path, $"COMPOSITION relationshipDef {name} creation attempted without an end specifying isContainer");
                break;
            case (RelationshipCategory.Aggregation, 0):
                scene.Refuse(ErrorCodes.AggregationWithoutContainer, path, $"AGGREGATION relationshipDef {name} creation attempted without an end specifying isContainer");
                break;
            case (RelationshipCategory.Composition, 1) when (one.IsContainer ? two : one).Cardinality == Cardinality.Set:
                scene.Refuse(
                    ErrorCodes.SeveralOwners, path, $"COMPOSITION relationshipDef {name} can only have one parent; so cannot have SET cardinality on children");
                break;
        }
    }
}
