using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>What holds between a definition and its supertypes.</summary>
internal static class InheritanceRules
{
    /// <summary>Notes all that is wrong with what an asset type or tag inherits, and with what its subtypes then do.</summary>
    public static void Check(TypeScene scene, TypeDef definition, string path)
    {
        var superTypes = TypeScene.SuperTypesOf(definition);
        for (var place = 0; place < superTypes.Count; place++)
        {
            CheckSuperType(scene, definition, superTypes[place], $"{path}.superTypes[{place}]");
        }

        if (superTypes.Distinct(StringComparer.Ordinal).Count() < superTypes.Count)
        {
            scene.Refuse(ErrorCodes.InvalidTypedef, $"{path}.superTypes", $"Invalid type definition {definition.Name}: a supertype is named twice");
        }

        var ancestors = scene.Ancestors(definition);
        if (ancestors.Exists(type => type.Name == definition.Name))
        {
            scene.Refuse(ErrorCodes.CircularSupertypes, $"{path}.superTypes", $"{definition.Name}: invalid supertypes - circular reference back to self");
            return;
        }

        CheckNames(scene, definition, ancestors, path);
    }

    private static void CheckSuperType(TypeScene scene, TypeDef definition, string name, string path)
    {
        if (scene.Find(name) is not { } superType)
        {
            scene.Refuse(ErrorCodes.UnknownTypeName, path, $"{name}: Unknown/invalid typename");
        }
        else if (superType.Category != definition.Category)
        {
            scene.Refuse(ErrorCodes.UnfitSupertype, path, $"{definition.Name}: incompatible supertype {name}");
        }
    }

    private static void CheckNames(TypeScene scene, TypeDef definition, List<TypeDef> ancestors, string path)
    {
        var above = Names(ancestors);
        for (var place = 0; place < definition.OwnAttributes.Length; place++)
        {
            if (above.TryGetValue(definition.OwnAttributes[place].Name, out var owner))
            {
                RefuseName(scene, definition.OwnAttributes[place].Name, definition.Name, owner, $"{path}.attributeDefs[{place}].name");
            }
        }

        // Two supertypes may bring the same name, and an attribute that is new here may be a subtype's already.
        foreach (var below in scene.All.Where(type => type.Category == definition.Category && type.Name != definition.Name && scene.Ancestors(type).Exists(superType => superType.Name == definition.Name)))
        {
            var own = definition.OwnAttributes.Select(attribute => attribute.Name).Concat(above.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var attribute in below.OwnAttributes.Where(attribute => own.Contains(attribute.Name)))
            {
                RefuseName(scene, attribute.Name, below.Name, definition.Name, path);
            }
        }

        foreach (var group in ancestors.SelectMany(type => type.OwnAttributes.Select(attribute => (attribute.Name, Owner: type.Name)))
            .GroupBy(item => item.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1))
        {
            scene.Refuse(
                ErrorCodes.AttributeInSupertype, $"{path}.superTypes", $"{definition.Name}: {string.Join(" and ", group.Select(item => item.Owner))} both have an attribute {group.Key}");
        }
    }

    private static Dictionary<string, string> Names(List<TypeDef> types)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in types)
        {
            foreach (var attribute in type.OwnAttributes)
            {
                names.TryAdd(attribute.Name, type.Name);
            }
        }

        return names;
    }

    private static void RefuseName(TypeScene scene, string attribute, string type, string superType, string path) =>
        scene.Refuse(ErrorCodes.AttributeInSupertype, path, $"{type}.{attribute}: attribute already exists in the supertype {superType}");
}
