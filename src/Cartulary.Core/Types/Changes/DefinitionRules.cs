using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>What holds for a definition among all others.</summary>
internal static class DefinitionRules
{
    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> NoCompanions = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    private const string NameSigns = "_ .-@+";

    /// <summary>Notes all that is wrong with a definition.</summary>
    public static void Check(TypeScene scene, TypeDef definition, string path)
    {
        CheckName(scene, definition, path);
        AttributeRules.Check(scene, definition, path);
        switch (definition)
        {
            case EnumDef enumDef:
                CheckElements(scene, enumDef, path);
                break;
            case EntityDef entity:
                InheritanceRules.Check(scene, entity, path);
                CheckCompanions(scene, entity, path);
                break;
            case ClassificationDef tag:
                InheritanceRules.Check(scene, tag, path);
                CheckEntityTypes(scene, tag, path);
                break;
            case RelationshipDef relationship:
                RelationshipRules.Check(scene, relationship, path);
                break;
        }
    }

    private static void CheckName(TypeScene scene, TypeDef definition, string path)
    {
        var name = definition.Name;
        if (name.Length == 0)
        {
            scene.Refuse(ErrorCodes.EmptyName, $"{path}.name", $"Mandatory field {definition.Category}.name has empty/null value");
        }
        else if (!char.IsLetter(name[0]) || name[^1] == ' ' || !name.All(letter => char.IsLetterOrDigit(letter) || NameSigns.Contains(letter, StringComparison.Ordinal)) || PrimitiveType.Find(name) is not null)
        {
            scene.Refuse(
                ErrorCodes.InvalidTypeName,
                $"{path}.name",
                $"{name}: invalid name for {definition.Category}.  Names must consist of a letter followed by a sequence of letters, numbers, spaces, or '_', '.', '-', '@', '+' characters, and be no primitive type's");
        }
    }

    private static void CheckElements(TypeScene scene, EnumDef definition, string path)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < definition.ElementDefs.Length; place++)
        {
            var value = definition.ElementDefs[place].Value;
            if (value.Length == 0 || !values.Add(value))
            {
                var why = value.Length == 0 ? "an element has no value" : $"two elements are {value}";
                scene.Refuse(ErrorCodes.InvalidTypedef, $"{path}.elementDefs[{place}].value", $"Invalid type definition {definition.Name}: {why}");
            }
        }

        if (definition.DefaultValue is { Length: > 0 } text && !values.Contains(text))
        {
            scene.Refuse(ErrorCodes.InvalidTypedef, $"{path}.defaultValue", $"Invalid type definition {definition.Name}: no element is {text}");
        }
    }

    private static void CheckCompanions(TypeScene scene, EntityDef definition, string path)
    {
        var known = scene.Ancestors(definition).Append(definition).SelectMany(type => type.OwnAttributes)
            .GroupBy(attribute => attribute.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().TypeName, StringComparer.Ordinal);
        for (var place = 0; place < definition.AttributeDefs.Length; place++)
        {
            var companions = from entry in definition.AttributeDefs[place].AutoUpdateAttributes ?? NoCompanions
                             from name in entry.Value.IsDefault ? [] : entry.Value
                             where known.GetValueOrDefault(name) != (entry.Key == "user" ? "string" : "date")
                             select (entry.Key, Name: name);
            foreach (var (key, name) in companions)
            {
                scene.Refuse(
                    ErrorCodes.InvalidTypedef,
                    $"{path}.attributeDefs[{place}].autoUpdateAttributes.{key}",
                    $"Invalid type definition {definition.Name}: {name} is no attribute of type {(key == "user" ? "string" : "date")}");
            }
        }
    }

    private static void CheckEntityTypes(TypeScene scene, ClassificationDef definition, string path)
    {
        var allowed = scene.Ancestors(definition).OfType<ClassificationDef>().SelectMany(tag => tag.EntityTypes).ToHashSet(StringComparer.Ordinal);
        for (var place = 0; place < definition.EntityTypes.Length; place++)
        {
            var name = definition.EntityTypes[place];
            if (scene.Find(name) is not EntityDef type)
            {
                scene.Refuse(ErrorCodes.InvalidEntityTypes, $"{path}.entityTypes[{place}]", $"ClassificationDef '{definition.Name}' has invalid '{name}' in entityTypes");
            }
            else if (allowed.Count > 0 && !allowed.Contains(name) && !scene.Ancestors(type).Exists(superType => allowed.Contains(superType.Name)))
            {
                scene.Refuse(
                    ErrorCodes.EntityTypesBeyondParents,
                    $"{path}.entityTypes[{place}]",
                    $"ClassificationDef '{definition.Name}' has entityTypes '{name}' which are not subsets of its supertypes' entityTypes");
            }
        }
    }
}
