using System.Collections.Immutable;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;

namespace Cartulary.Server.Answers.Search;

/// <summary>What an answer tells of each asset that was found.</summary>
/// <param name="Wish">The attributes that were asked for.</param>
/// <param name="Classifications">Whether its tags are told.</param>
/// <param name="ClassificationNames">Whether the names of its tags are told.</param>
/// <param name="EdgeAttributes">Whether the attributes of the relationships that were asked for are told.</param>
internal sealed record Shown(PageWish Wish, bool Classifications, bool ClassificationNames, bool EdgeAttributes)
{
    /// <summary>Names, tags and terms.</summary>
    public static Shown Default { get; } = new(PageWish.Default, Classifications: true, ClassificationNames: true, EdgeAttributes: false);

    /// <summary>The names by which attributes of custom metadata were asked for, by their numbers.</summary>
    public ImmutableDictionary<int, string> MetadataNames(TypeRegistry registry)
    {
        var names = ImmutableDictionary.CreateBuilder<int, string>();
        foreach (var name in Wish.Attributes)
        {
            if (SourceValue.FindMetadata(registry, name) is { } attribute)
            {
                names[attribute.Id] = name;
            }
        }

        return names.ToImmutable();
    }
}
