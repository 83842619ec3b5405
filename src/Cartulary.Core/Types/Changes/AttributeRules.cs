using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>What holds for the attributes of a definition by itself.</summary>
internal static class AttributeRules
{
    /// <summary>Notes all that is wrong with a definition's own attributes.</summary>
    public static void Check(TypeScene scene, TypeDef definition, string path)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var place = 0; place < definition.OwnAttributes.Length; place++)
        {
            var attribute = definition.OwnAttributes[place];
            var where = $"{path}.attributeDefs[{place}]";
            CheckName(scene, definition, attribute, where, names);
            CheckType(scene, definition, attribute, where);
            CheckCounts(scene, definition, attribute, where);
            if (definition is BusinessMetadataDef)
            {
                CheckOptions(scene, definition, attribute, where);
            }
        }
    }

    private static void CheckName(TypeScene scene, TypeDef definition, AttributeDef attribute, string path, HashSet<string> names)
    {
        if (attribute.Name.Length == 0)
        {
            scene.Refuse(ErrorCodes.EmptyName, $"{path}.name", $"Mandatory field {definition.Name}.name has empty/null value");
        }
        else if (attribute.Name.Any(char.IsControl) || char.IsWhiteSpace(attribute.Name[0]) || char.IsWhiteSpace(attribute.Name[^1]))
        {
            scene.Refuse(ErrorCodes.InvalidTypeName, $"{path}.name", $"{attribute.Name}: invalid name for an attribute");
        }
        else if (!names.Add(attribute.Name))
        {
            var code = definition is BusinessMetadataDef ? ErrorCodes.DuplicateBusinessAttribute : ErrorCodes.InvalidTypedef;
            scene.Refuse(code, $"{path}.name", $"{definition.Name} has two attributes {attribute.Name}; capitals make no difference");
        }
    }

    private static void CheckType(TypeScene scene, TypeDef definition, AttributeDef attribute, string path)
    {
        path = $"{path}.typeName";
        var label = $"{definition.Name}.{attribute.Name}";
        foreach (var name in TypeText.Names(attribute.TypeName).Where(name => PrimitiveType.Find(name) is null).Distinct(StringComparer.Ordinal))
        {
            switch (scene.Find(name))
            {
                case EnumDef:
                case StructDef when definition is not (RelationshipDef or BusinessMetadataDef):
                    break;
                case ClassificationDef or BusinessMetadataDef:
                    scene.Refuse(ErrorCodes.AttributeOfTagType, path, $"{label}: invalid attribute type. Attribute cannot be of type classification");
                    return;
                case EntityDef:
                    scene.Refuse(ErrorCodes.UnknownTypeName, path, $"{attribute.TypeName}: {name} is an asset type: define a relationship with an end {attribute.Name} instead");
                    return;
                case null:
                    scene.Refuse(ErrorCodes.UnknownTypeName, path, $"{attribute.TypeName}: Unknown/invalid typename");
                    return;
                default:
                    RefuseUnfit(scene, definition, attribute, path);
                    return;
            }
        }

        var isPlain = TypeText.Names(attribute.TypeName).Take(2).Count() == 1;
        var depth = attribute.TypeName.Count(letter => letter == '<');
        if ((definition is RelationshipDef && depth > 0) || (definition is BusinessMetadataDef && (!isPlain || depth > 1)))
        {
            RefuseUnfit(scene, definition, attribute, path);
        }
        else if (TypeText.Resolve(attribute.TypeName, name => scene.Find(name) is null ? null : PrimitiveType.Of(PrimitiveKind.String)) is null)
        {
            scene.Refuse(ErrorCodes.UnknownTypeName, path, $"{attribute.TypeName}: Unknown/invalid typename");
        }
    }

    private static void RefuseUnfit(TypeScene scene, TypeDef definition, AttributeDef attribute, string path)
    {
        if (definition is RelationshipDef)
        {
            scene.Refuse(ErrorCodes.EdgeAttributeType, path, $"Cannot set an Attribute with type {attribute.TypeName} on relationship def {definition.Name}, as it is not a primitive type");
        }
        else if (definition is BusinessMetadataDef)
        {
            scene.Refuse(ErrorCodes.BusinessAttributeType, path, $"{definition.Name}.{attribute.Name}: invalid attribute type. Business-metadata attribute cannot be of type {attribute.TypeName}");
        }
        else
        {
            scene.Refuse(ErrorCodes.UnknownTypeName, path, $"{attribute.TypeName}: Unknown/invalid typename");
        }
    }

    private static void CheckCounts(TypeScene scene, TypeDef definition, AttributeDef attribute, string path)
    {
        var isArray = TypeText.ElementOf(attribute.TypeName) is not null;
        if (attribute.Cardinality != Cardinality.Single && !isArray)
        {
            scene.Refuse(ErrorCodes.CardinalityNeedsArray, $"{path}.cardinality", $"Cardinality of attribute {definition.Name}.{attribute.Name} requires a list or set type");
        }

        if (attribute.ValuesMinCount > attribute.ValuesMaxCount && attribute.ValuesMaxCount >= 0)
        {
            scene.Refuse(ErrorCodes.InvalidTypedef, $"{path}.valuesMinCount", $"Invalid type definition {definition.Name}: {attribute.Name} has a valuesMinCount above its valuesMaxCount");
        }

        if (attribute.IsUnique && definition is EntityDef && PrimitiveType.Find(attribute.TypeName) is not { Kind: PrimitiveKind.String })
        {
            scene.Refuse(ErrorCodes.InvalidTypedef, $"{path}.isUnique", $"Invalid type definition {definition.Name}: {attribute.Name} is unique, which only a string can be");
        }
    }

    private static void CheckOptions(TypeScene scene, TypeDef definition, AttributeDef attribute, string path)
    {
        var options = attribute.Options ?? ImmutableSortedDictionary<string, string?>.Empty;
        path = $"{path}.options";
        if (options.GetValueOrDefault("applicableEntityTypes") is { Length: > 0 } applicable)
        {
            CheckApplicable(scene, definition, attribute, applicable, $"{path}.applicableEntityTypes");
        }

        if (options.GetValueOrDefault("maxStrLength") is { Length: > 0 } length && BusinessAttribute.LengthIn(length) is null)
        {
            RefuseOption("maxStrLength", "must be a number, as text");
        }

        if (options.GetValueOrDefault("validPattern") is { Length: > 0 } pattern && !IsPattern(pattern))
        {
            RefuseOption("validPattern", "must be a regular expression that can be matched without going back, so one without look-around and back references");
        }

        void RefuseOption(string option, string why) =>
            scene.Refuse(ErrorCodes.InvalidValue, $"{path}.{option}", $"invalid value: the option {option} of {definition.Name}.{attribute.Name} {why}");
    }

    private static void CheckApplicable(TypeScene scene, TypeDef definition, AttributeDef attribute, string option, string path)
    {
        if (BusinessAttribute.NamesIn(option) is not { } names)
        {
            scene.Refuse(ErrorCodes.InvalidValue, path, $"invalid value: the option applicableEntityTypes of {definition.Name}.{attribute.Name} must be a JSON array of names, as text");
            return;
        }

        foreach (var name in names.Where(name => scene.Find(name) is not EntityDef))
        {
            scene.Refuse(ErrorCodes.UnknownTypeName, path, $"{name}: Unknown/invalid typename");
        }
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            return BusinessAttribute.PatternOf(pattern) is not null;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
