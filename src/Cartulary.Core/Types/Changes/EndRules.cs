using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>An attribute must not have the name by which its type sees a relationship.</summary>
internal static class EndRules
{
    /// <summary>Notes attributes of changed asset types that are ends of relationships already.</summary>
    public static void Check(TypeScene scene, ImmutableArray<RequestedType> types)
    {
        var ends = scene.All.OfType<RelationshipDef>().SelectMany(definition => new[] { definition.EndDef1, definition.EndDef2 })
            .ToLookup(end => end.Name, end => end.Type, StringComparer.Ordinal);
        foreach (var (definition, path) in types.Select(type => (type.Definition as EntityDef, type.Path)))
        {
            for (var place = 0; place < definition?.AttributeDefs.Length; place++)
            {
                var name = definition.AttributeDefs[place].Name;
                if (ends[name].Any(type => IsKin(scene, definition, type)))
                {
                    scene.Refuse(ErrorCodes.InvalidTypedef, $"{path}.attributeDefs[{place}].name", $"Invalid type definition {definition.Name}: {name} is the end of a relationship");
                }
            }
        }
    }

    /// <summary>Whether some asset is of both types.</summary>
    private static bool IsKin(TypeScene scene, EntityDef definition, string type) =>
        definition.Name == type
        || scene.Ancestors(definition).Exists(superType => superType.Name == type)
        || (scene.Find(type) is { } other && scene.Ancestors(other).Exists(superType => superType.Name == definition.Name));
}
