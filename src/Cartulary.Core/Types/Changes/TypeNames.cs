using System.Collections.Immutable;
using Cartulary.Core.Save;

namespace Cartulary.Core.Types.Changes;

/// <summary>
/// Settles the names of tags and custom metadata. Those of new ones are made up where a client asks for that, and what the
/// client calls them becomes the display name; those that exist are found by either name.
/// </summary>
internal sealed class TypeNames(TypeRegistry registry, TypeChangeManner manner, IIdSource ids)
{
    private const int Length = 22;

    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    /// <summary>The requested definitions with their names, and with what an update leaves as it is.</summary>
    public ImmutableArray<RequestedType> Settle(ImmutableArray<RequestedType> types)
    {
        ImmutableArray<RequestedType> named = [.. types.Select(type => type with { Definition = Named(type) })];
        return [.. named.Select(type => type.Definition is ClassificationDef tag ? type with { Definition = tag with { SuperTypes = [.. tag.SuperTypes.Select(NameOfTag)] } } : type)];
    }

    /// <summary>Whether a name has the form of those that the server makes up.</summary>
    public static bool IsMadeUp(string name) => name.Length == Length && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);

    private TypeDef Named(RequestedType type) => type.Definition switch
    {
        ClassificationDef tag => manner.IsUpdate ? Known(tag, type.Guid) : New(tag),
        BusinessMetadataDef set => manner.IsUpdate ? Known(set, type.Guid) : New(set),
        var other when manner.IsUpdate && other.Name.Length == 0 => registry.Stored.FirstOrDefault(stored => stored.Definition.Guid == type.Guid)?.Definition is { } found ? other with { Name = found.Name } : other,
        var other => other,
    };

    private ClassificationDef New(ClassificationDef tag)
    {
        if (!IsToBeNamed(tag.Name, tag.DisplayName))
        {
            return tag;
        }

        var name = IsExported(tag.Name, tag.DisplayName) ? tag.Name : MakeUp('t');
        _tags[tag.Name] = name;
        return tag with
        {
            Name = name,
            DisplayName = tag.DisplayName ?? tag.Name,
            AttributeDefs = [.. tag.AttributeDefs.Select(attribute => attribute.Name.Length == 0 || attribute.DisplayName is not null ? New(attribute) : attribute)],
        };
    }

    private BusinessMetadataDef New(BusinessMetadataDef set) => IsToBeNamed(set.Name, set.DisplayName)
        ? set with
        {
            Name = IsExported(set.Name, set.DisplayName) ? set.Name : MakeUp('m'),
            DisplayName = set.DisplayName ?? set.Name,
            AttributeDefs = [.. set.AttributeDefs.Select(New)],
        }
        : set;

    private AttributeDef New(AttributeDef attribute) => attribute with
    {
        Name = (manner.KeepsNames && attribute.Name.Length > 0) || IsExported(attribute.Name, attribute.DisplayName) ? attribute.Name : MakeUp('a'),
        DisplayName = attribute.DisplayName ?? attribute.Name,
    };

    private ClassificationDef Known(ClassificationDef tag, Guid? guid)
    {
        var known = registry.FindClassification(tag.Name)
            ?? registry.Classifications.FirstOrDefault(type => guid is not null && type.Definition.Guid == guid)
            ?? registry.FindClassificationDisplayed(tag.DisplayName ?? tag.Name);
        return known is null
            ? tag
            : tag with
            {
                Name = known.Name,
                DisplayName = tag.DisplayName ?? known.Definition.DisplayName,
                AttributeDefs = Known(tag.AttributeDefs, known.Definition.AttributeDefs, known.Name, renamesAll: false),
            };
    }

    private BusinessMetadataDef Known(BusinessMetadataDef set, Guid? guid)
    {
        var known = registry.FindBusinessMetadata(set.Name)
            ?? registry.BusinessMetadataSets.FirstOrDefault(type => guid is not null && type.Definition.Guid == guid)
            ?? registry.FindBusinessMetadataDisplayed(set.DisplayName ?? set.Name);
        return known is null
            ? set
            : set with
            {
                Name = known.Name,
                DisplayName = set.DisplayName ?? known.Definition.DisplayName,
                AttributeDefs = Known(set.AttributeDefs, known.Definition.AttributeDefs, known.Name, renamesAll: true),
            };
    }

    private ImmutableArray<AttributeDef> Known(ImmutableArray<AttributeDef> asked, ImmutableArray<AttributeDef> had, string owner, bool renamesAll)
    {
        var names = IsMadeUp(owner);
        return [.. asked.Select(Settled)];

        AttributeDef Settled(AttributeDef attribute)
        {
            var known = had.FirstOrDefault(other => other.Name == attribute.Name)
                ?? (names && attribute.Name.Length > 0 ? had.FirstOrDefault(other => other.DisplayName == attribute.Name) : null);
            return known is not null ? attribute with { Name = known.Name, DisplayName = attribute.DisplayName ?? known.DisplayName }
                : names && (renamesAll || attribute.Name.Length == 0 || attribute.DisplayName is not null) ? New(attribute)
                : attribute;
        }
    }

    private string NameOfTag(string name) =>
        _tags.GetValueOrDefault(name) ?? registry.FindClassification(name)?.Name ?? registry.FindClassificationDisplayed(name)?.Name ?? name;

    private bool IsToBeNamed(string name, string? displayName) =>
        !(manner.KeepsNames && name.Length > 0) && (displayName is not null || (manner.MakesNames && name.Length > 0));

    /// <summary>Whether a definition comes from another catalog, whose names are kept.</summary>
    private static bool IsExported(string name, string? displayName) => displayName is not null && displayName != name && IsMadeUp(name);

    private string MakeUp(char first) => $"{first}{ids.NewName()}";
}
