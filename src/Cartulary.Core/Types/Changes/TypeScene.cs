using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>All definitions as they would be after a request, and what is wrong with it.</summary>
internal sealed class TypeScene
{
    private readonly Dictionary<string, TypeDef> _after;

    /// <summary>Lays the definitions of a request over those of a registry.</summary>
    public TypeScene(TypeRegistry registry, IEnumerable<TypeDef> changed)
    {
        Registry = registry;
        _after = registry.Stored.ToDictionary(type => type.Definition.Name, type => type.Definition, StringComparer.Ordinal);
        foreach (var definition in changed)
        {
            _after[definition.Name] = definition;
        }
    }

    /// <summary>The types as they are.</summary>
    public TypeRegistry Registry { get; }

    /// <summary>What has been found to be wrong.</summary>
    public ProblemList Problems { get; } = new();

    /// <summary>All definitions after the request.</summary>
    public IEnumerable<TypeDef> All => _after.Values;

    /// <summary>The definition of that name after the request, or null.</summary>
    public TypeDef? Find(string name) => _after.GetValueOrDefault(name);

    /// <summary>The definition as it is stored, or null.</summary>
    public TypeDef? Stored(string name) => Registry.FindDefinition(name)?.Definition;

    /// <summary>All supertypes of a definition, nearest first, as far as they are known; itself among them when they are circular.</summary>
    public List<TypeDef> Ancestors(TypeDef definition)
    {
        var found = new List<TypeDef>();
        var frontier = new Queue<string>(SuperTypesOf(definition));
        while (frontier.TryDequeue(out var name))
        {
            if (Find(name) is { } superType && superType.Category == definition.Category && !found.Exists(known => known.Name == name))
            {
                found.Add(superType);
                foreach (var next in SuperTypesOf(superType))
                {
                    frontier.Enqueue(next);
                }
            }
        }

        return found;
    }

    /// <summary>The direct supertypes that a definition names.</summary>
    public static IReadOnlyList<string> SuperTypesOf(TypeDef definition) => definition switch
    {
        EntityDef entity => entity.SuperTypes,
        ClassificationDef tag => tag.SuperTypes,
        _ => [],
    };

    /// <summary>Notes a problem.</summary>
    public void Refuse(ErrorCode code, string path, string message) => Problems.Add(new Problem(code, path, message));
}
