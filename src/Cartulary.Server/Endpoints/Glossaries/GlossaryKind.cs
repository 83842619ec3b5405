using System.Collections.Immutable;

namespace Cartulary.Server.Endpoints.Glossaries;

/// <summary>What Apache Atlas's glossary API is about: each has an address and a form of its own.</summary>
/// <param name="TypeName">The type of asset that it is.</param>
/// <param name="GuidKey">The member by which others refer to it.</param>
internal sealed record GlossaryKind(string TypeName, string GuidKey)
{
    /// <summary>A glossary.</summary>
    public static readonly GlossaryKind Glossary = new("AtlasGlossary", "glossaryGuid");

    /// <summary>A category.</summary>
    public static readonly GlossaryKind Category = new("AtlasGlossaryCategory", "categoryGuid");

    /// <summary>A term.</summary>
    public static readonly GlossaryKind Term = new("AtlasGlossaryTerm", "termGuid");

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<GlossaryKind> All = [Glossary, Category, Term];
}
