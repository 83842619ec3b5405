using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.OpenApi;

namespace Cartulary.Server.Endpoints.Glossaries;

/// <summary>What the calls of Apache Atlas's glossary API are.</summary>
internal static class GlossaryOperations
{
    private const string Tag = "Glossaries";
    private const string AsSave = "The save is the one that every call leads to; with receipts or dryRun the answer is that of a save.";

    private static readonly ImmutableArray<Parameter> Paging =
    [
        Parameter.Number("offset", "How many to pass over."),
        Parameter.Number("limit", "How many at most; -1 for all."),
        Parameter.Text("sort", "ASC or DESC, by name."),
    ];

    private static readonly Operation Reading = new("", Tag, "") { Answer = "GlossaryPart", Refusals = [ErrorCodes.GuidNotFound] };

    private static readonly Operation Listing = Reading with
    {
        Parameters = Paging,
        Answer = "GlossaryParts",
        Refusals = [ErrorCodes.GuidNotFound, ErrorCodes.InvalidParameters, ErrorCodes.TooManyAssets],
    };

    private static readonly Operation Creating = new("", Tag, "")
    {
        Description = AsSave,
        Parameters = AssetOperations.Manner,
        Body = "GlossaryPartToSave",
        Answer = "GlossaryPart",
        Refusals = [.. AssetOperations.Saving, ErrorCodes.TooManyAssets],
    };

    private static readonly Operation CreatingMany = Creating with { Parameters = AssetOperations.MannerOfMany, Body = "GlossaryPartsToSave", Answer = "GlossaryParts" };

    public static readonly Operation ListGlossaries = Listing with { Id = "listGlossaries", Summary = "All glossaries in use", Refusals = [ErrorCodes.InvalidParameters] };

    public static readonly Operation GetGlossary = Reading with { Id = "getGlossary", Summary = "A glossary" };

    public static readonly Operation GetCategory = Reading with { Id = "getCategory", Summary = "A category" };

    public static readonly Operation GetTerm = Reading with { Id = "getTerm", Summary = "A term" };

    public static readonly Operation GetDetailed = Reading with { Id = "getGlossaryDetailed", Summary = "A glossary with its terms and categories, whole" };

    public static readonly Operation GetTerms = Listing with { Id = "getTermsOfGlossary", Summary = "The terms of a glossary" };

    public static readonly Operation GetTermHeaders = Listing with { Id = "getTermHeadersOfGlossary", Summary = "The terms of a glossary in short", Answer = "GlossaryReferences" };

    public static readonly Operation GetCategories = Listing with { Id = "getCategoriesOfGlossary", Summary = "The categories of a glossary" };

    public static readonly Operation GetCategoryHeaders = Listing with { Id = "getCategoryHeadersOfGlossary", Summary = "The categories of a glossary in short", Answer = "GlossaryReferences" };

    public static readonly Operation GetTermsOfCategory = Listing with { Id = "getTermsOfCategory", Summary = "The terms of a category in short", Answer = "GlossaryReferences" };

    public static readonly Operation GetRelatedCategories = Reading with { Id = "getRelatedCategories", Summary = "The categories above and below one", Answer = "GlossaryReferencesByName" };

    public static readonly Operation GetRelatedTerms = Reading with { Id = "getRelatedTerms", Summary = "The terms that a term is related to", Answer = "GlossaryReferencesByName" };

    public static readonly Operation GetAssigned = Listing with { Id = "getAssignedEntities", Summary = "The assets that have a term", Answer = "GlossaryReferences" };

    public static readonly Operation CreateGlossary = Creating with { Id = "createGlossary", Summary = "Create a glossary" };

    public static readonly Operation CreateCategory = Creating with { Id = "createCategory", Summary = "Create a category" };

    public static readonly Operation CreateTerm = Creating with { Id = "createTerm", Summary = "Create a term" };

    public static readonly Operation CreateCategories = CreatingMany with { Id = "createCategories", Summary = "Create categories" };

    public static readonly Operation CreateTerms = CreatingMany with { Id = "createTerms", Summary = "Create terms" };

    public static readonly Operation Assign = Creating with
    {
        Id = "assignTerm",
        Summary = "Give a term to assets",
        Body = "GlossaryReferences",
        Answer = "",
    };

    public static readonly Operation Unassign = Assign with { Id = "unassignTerm", Summary = "Take a term from assets" };

    public static Operation Change(GlossaryKind kind) => Creating with { Id = $"update{NameOf(kind)}", Summary = $"Change a {NameOf(kind).ToLowerInvariant()}" };

    public static Operation ChangePart(GlossaryKind kind) => Change(kind) with { Id = $"update{NameOf(kind)}Part", Summary = $"Change a part of a {NameOf(kind).ToLowerInvariant()}" };

    public static Operation Archive(GlossaryKind kind) => Creating with
    {
        Id = $"archive{NameOf(kind)}",
        Summary = $"Archive a {NameOf(kind).ToLowerInvariant()}",
        Body = null,
        Answer = "",
        Refusals = [.. AssetOperations.Writing, ErrorCodes.GuidNotFound],
    };

    private static string NameOf(GlossaryKind kind) => kind.TypeName.Replace("Atlas", "", StringComparison.Ordinal) switch
    {
        "Glossary" => "Glossary",
        var part => part.Replace("Glossary", "", StringComparison.Ordinal),
    };
}
