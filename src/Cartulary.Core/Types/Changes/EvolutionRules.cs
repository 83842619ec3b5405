using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>
/// What may change in a definition that exists, whether or not anything of it is stored: what was saved must stay readable, and
/// what was read must stay savable.
/// </summary>
internal sealed class EvolutionRules(TypeScene scene, TypeChangeManner manner, ImmutableArray<TypeUse>.Builder uses)
{
    /// <summary>Notes what is not allowed, and what is only when nothing of it is stored.</summary>
    public void Check(TypeDef before, TypeDef after, string path)
    {
        CheckAttributes(before, after, path);
        CheckSuperTypes(before, after, path);
        switch (before, after)
        {
            case (EnumDef had, EnumDef has):
                CheckElements(had, has, path);
                break;
            case (ClassificationDef had, ClassificationDef has):
                CheckEntityTypes(had, has, path);
                break;
            case (RelationshipDef had, RelationshipDef has):
                CheckRelationship(had, has, path);
                break;
        }
    }

    /// <summary>Notes a change of a built-in definition that is more than an addition.</summary>
    public void CheckBuiltIn(TypeDef before, TypeDef after, string path)
    {
        var names = before.OwnAttributes.Select(attribute => attribute.Name).ToHashSet(StringComparer.Ordinal);
        TypeDef kept = (before, after) switch
        {
            (EnumDef had, EnumDef has) => has with { ElementDefs = [.. has.ElementDefs.Where(element => had.ElementDefs.Any(other => other.Value == element.Value))] },
            (_, StructDef has) => has with { AttributeDefs = [.. has.AttributeDefs.Where(attribute => names.Contains(attribute.Name))] },
            (_, EntityDef has) => has with { AttributeDefs = [.. has.AttributeDefs.Where(attribute => names.Contains(attribute.Name))] },
            (_, RelationshipDef has) => has with { AttributeDefs = [.. has.AttributeDefs.Where(attribute => names.Contains(attribute.Name))] },
            _ => after,
        };
        if (!TypeContent.AreSame(before, kept))
        {
            scene.Refuse(ErrorCodes.BuiltInType, path, $"{before.Name} is a System-type: it can get attributes and elements, and the rest stays as it is");
        }
    }

    private void CheckAttributes(TypeDef before, TypeDef after, string path)
    {
        foreach (var had in before.OwnAttributes)
        {
            var place = IndexOf(after.OwnAttributes, had.Name);
            if (place < 0)
            {
                scene.Refuse(ErrorCodes.AttributeRemoved, $"{path}.attributeDefs", $"{before.Name}.{had.Name} : attribute delete not supported");
            }
            else
            {
                CheckAttribute(before, had, after.OwnAttributes[place], $"{path}.attributeDefs[{place}]");
            }
        }

        for (var place = 0; place < after.OwnAttributes.Length; place++)
        {
            var has = after.OwnAttributes[place];
            if (!has.IsOptional && after is not BusinessMetadataDef && !manner.AddsMandatoryAttributes && IndexOf(before.OwnAttributes, has.Name) < 0)
            {
                RefuseMandatory(after, has.Name, $"{path}.attributeDefs[{place}].isOptional");
            }
        }
    }

    private void CheckAttribute(TypeDef definition, AttributeDef had, AttributeDef has, string path)
    {
        if (had.TypeName != has.TypeName)
        {
            scene.Refuse(ErrorCodes.AttributeUpdateNotSupported, $"{path}.typeName", $"{definition.Name}.{had.Name} : attribute update not supported: it is {had.TypeName}");
        }

        if (had.IsUnique != has.IsUnique)
        {
            scene.Refuse(ErrorCodes.AttributeUpdateNotSupported, $"{path}.isUnique", $"{definition.Name}.{had.Name} : attribute update not supported: isUnique stays as it is");
        }

        if (had.IsOptional && !has.IsOptional && definition is not BusinessMetadataDef && !manner.AddsMandatoryAttributes)
        {
            RefuseMandatory(definition, had.Name, $"{path}.isOptional");
        }

        if (definition is BusinessMetadataDef)
        {
            var now = Applicable(has);
            foreach (var name in Applicable(had).Where(name => !now.Contains(name, StringComparer.Ordinal)))
            {
                scene.Refuse(
                    ErrorCodes.ApplicableTypeRemoved,
                    $"{path}.options.applicableEntityTypes",
                    $"Cannot remove applicableEntityTypes in Attribute Def: {had.DisplayName ?? had.Name}, defined in business-metadata: {definition.Name}: {name}");
            }
        }
    }

    private void CheckSuperTypes(TypeDef before, TypeDef after, string path)
    {
        var (had, has) = (TypeScene.SuperTypesOf(before), TypeScene.SuperTypesOf(after));
        foreach (var name in had.Where(name => !has.Contains(name, StringComparer.Ordinal)))
        {
            scene.Refuse(ErrorCodes.SupertypeRemoved, $"{path}.superTypes", $"superType remove not supported: {before.Name} has {name}");
        }

        if (manner.AddsMandatoryAttributes || has.All(name => had.Contains(name, StringComparer.Ordinal)))
        {
            return;
        }

        var inherited = MandatoryOf(before);
        foreach (var attribute in scene.Ancestors(after).SelectMany(type => type.OwnAttributes).Where(attribute => !attribute.IsOptional && !inherited.Contains(attribute.Name)))
        {
            RefuseMandatory(after, attribute.Name, $"{path}.superTypes");
        }
    }

    private HashSet<string> MandatoryOf(TypeDef before)
    {
        var attributes = before is EntityDef
            ? scene.Registry.FindEntity(before.Name)!.Attributes
            : scene.Registry.FindClassification(before.Name)!.Attributes;
        return attributes.Where(attribute => !attribute.Definition.IsOptional).Select(attribute => attribute.Name).ToHashSet(StringComparer.Ordinal);
    }

    private void CheckElements(EnumDef before, EnumDef after, string path)
    {
        var gone = before.ElementDefs.Select(element => element.Value).Except(after.ElementDefs.Select(element => element.Value), StringComparer.Ordinal).ToImmutableHashSet(StringComparer.Ordinal);
        if (!gone.IsEmpty)
        {
            var problem = new Problem(ErrorCodes.TypeInUse, $"{path}.elementDefs", $"Given type {before.Name} has references: an asset has one of the elements {string.Join(", ", gone.Order(StringComparer.Ordinal))}");
            uses.Add(new TypeUse.OfAttributes(EnumAttributes.Of(scene.Registry, before.Name), gone, problem));
        }
    }

    private void CheckEntityTypes(ClassificationDef before, ClassificationDef after, string path)
    {
        string[] gone = [.. before.EntityTypes.Except(after.EntityTypes, StringComparer.Ordinal)];
        if (gone.Length > 0 || (before.EntityTypes.IsEmpty && !after.EntityTypes.IsEmpty))
        {
            var why = gone.Length > 0 ? string.Join(", ", gone) : "it is for all";
            scene.Refuse(ErrorCodes.EntityTypeRemoved, $"{path}.entityTypes", $"EntityTypes cannot be removed from ClassificationDef '{before.Name}': {why}");
        }
    }

    private void CheckRelationship(RelationshipDef before, RelationshipDef after, string path)
    {
        CheckEnd(before.Name, before.EndDef1, after.EndDef1, ErrorCodes.FirstEndChanged, $"{path}.endDef1");
        CheckEnd(before.Name, before.EndDef2, after.EndDef2, ErrorCodes.SecondEndChanged, $"{path}.endDef2");
        if (before.RelationshipCategory != after.RelationshipCategory)
        {
            scene.Refuse(
                ErrorCodes.RelationshipCategoryChanged,
                $"{path}.relationshipCategory",
                $"invalid update for relationship {before.Name}: new relationshipDef category {after.RelationshipCategory}, existing relationshipDef category {before.RelationshipCategory}");
        }

        if (before.PropagateTags != after.PropagateTags)
        {
            var problem = new Problem(ErrorCodes.TypeInUse, $"{path}.propagateTags", $"Given type {before.Name} has references: tags have travelled along its relationships");
            uses.Add(new TypeUse.OfType(scene.Registry.FindRelationship(before.Name)!.Id, problem));
        }
    }

    private void CheckEnd(string name, RelationshipEndDef before, RelationshipEndDef after, ErrorCode code, string path)
    {
        if ((before.Type, before.Name, before.IsContainer, before.Cardinality) != (after.Type, after.Name, after.IsContainer, after.Cardinality))
        {
            scene.Refuse(code, path, $"invalid update for relationshipDef {name}: new end {Show(after)}, existing end {Show(before)}");
        }

        static string Show(RelationshipEndDef end) => $"{end.Type}.{end.Name} ({end.Cardinality}{(end.IsContainer ? ", container" : "")})";
    }

    private void RefuseMandatory(TypeDef definition, string attribute, string path) =>
        scene.Refuse(ErrorCodes.MandatoryAttributeAdded, path, $"{definition.Name}.{attribute} : can not add mandatory attribute");

    private static ImmutableArray<string> Applicable(AttributeDef attribute) =>
        BusinessAttribute.NamesIn(attribute.Options?.GetValueOrDefault("applicableEntityTypes")) ?? [];

    private static int IndexOf(ImmutableArray<AttributeDef> attributes, string name)
    {
        for (var place = 0; place < attributes.Length; place++)
        {
            if (attributes[place].Name == name)
            {
                return place;
            }
        }

        return -1;
    }
}
