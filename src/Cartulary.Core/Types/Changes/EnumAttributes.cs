using System.Collections.Immutable;

namespace Cartulary.Core.Types.Changes;

/// <summary>Finds the attributes whose values may hold elements of an enum, directly or inside structs.</summary>
internal static class EnumAttributes
{
    /// <summary>The numbers of those attributes.</summary>
    public static ImmutableHashSet<int> Of(TypeRegistry registry, string enumName)
    {
        var holders = new HashSet<string>(StringComparer.Ordinal) { enumName };
        while (registry.Stored.Where(type => type.Definition is StructDef && !holders.Contains(type.Definition.Name) && type.Definition.OwnAttributes.Any(Holds)).ToList() is { Count: > 0 } more)
        {
            more.ForEach(type => holders.Add(type.Definition.Name));
        }

        return
        [
            .. from type in registry.Stored
               from attribute in type.Definition.OwnAttributes
               where Holds(attribute)
               select type.AttributeIds[attribute.Name],
        ];

        bool Holds(AttributeDef attribute) => TypeText.Names(attribute.TypeName).Any(holders.Contains);
    }
}
