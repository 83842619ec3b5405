using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;
using Cartulary.Core.Types;
using Cartulary.Testing.Search;

namespace Cartulary.Core.Tests.Query.Search.Dsl;

/// <summary>Five assets, and searches among them.</summary>
internal static class DslDesk
{
    public static readonly TypeRegistry Registry = TypeRegistryBuilder.Build(
        1, TypeInstaller.Plan([], BuiltInModel.Load(), "system", 0, Guid.NewGuid), CatalogSettings.Default);

    /// <summary>12:00 on the 10th of January 2026.</summary>
    public const long Now = 1_768_046_400_000;

    private static readonly SearchFields Fields = SearchFields.Of(Registry);

    private static readonly ImmutableArray<SearchDocument> Documents =
    [
        Document(1, ("name", "Fact Orders"), ("name.keyword", "fact orders"), ("qualifiedName", "shop/orders"), ("certificateStatus", "VERIFIED"), ("rowCount", "10"), ("sourceUpdatedAt", "1767225600000"), ("__state", "ACTIVE"), ("__typeName", "table"), ("__traitNames", "PII")),
        Document(2, ("name", "dim customers"), ("name.keyword", "dim customers"), ("qualifiedName", "shop/customers"), ("certificateStatus", "DRAFT"), ("rowCount", "20"), ("sourceUpdatedAt", "1768003200000"), ("__state", "ACTIVE"), ("__typeName", "table")),
        Document(3, ("name", "Orders of 2025"), ("name.keyword", "orders of 2025"), ("qualifiedName", "shop/Orders"), ("popularityScore", "1.5"), ("isPartitioned", "true"), ("__state", "DELETED"), ("__typeName", "view")),
        Document(4, ("name", "order"), ("name.keyword", "order"), ("qualifiedName", "other/order*1"), ("rowCount", "-5"), ("isPartitioned", "false"), ("__state", "ACTIVE"), ("__typeName", "column")),
        Document(5, ("name", "nothing"), ("name.keyword", "nothing"), ("qualifiedName", "x"), ("__state", "ACTIVE"), ("__typeName", "column"), ("__propagatedTraitNames", "PII")),
    ];

    /// <summary>The index of the five.</summary>
    public static ReferenceIndex Index { get; } = new(Documents);

    /// <summary>The numbers of the assets that a query finds.</summary>
    public static string Found(string query) => Numbers(Index.Search(Read($$"""{"query":{{query}},"sort":"__guid"}""").Request));

    /// <summary>The numbers of the assets that a search finds, in its order.</summary>
    public static string Listed(string search) => Numbers(Index.Search(Read(search).Request));

    /// <summary>The numbers of the assets of a page.</summary>
    public static string Numbers(SearchResult result) => string.Join(' ', result.Hits.Select(hit => hit.Asset.Value));

    /// <summary>Reads a search that must be understood.</summary>
    public static DslSearch Read(string search)
    {
        var problems = new ProblemList();
        var read = Read(search, problems, new SearchLimits());
        read.ShouldNotBeNull(string.Join("; ", problems.ToImmutable().Select(problem => $"{problem.Path}: {problem.Message}")));
        return read;
    }

    /// <summary>Where a search is refused.</summary>
    public static ImmutableArray<string> Refused(string search, SearchLimits? limits = null)
    {
        var problems = new ProblemList();
        Read(search, problems, limits ?? new SearchLimits()).ShouldBeNull(search);
        problems.ToImmutable().ShouldAllBe(problem => problem.Code == ErrorCodes.UnsupportedQuery && problem.Message.Length > 0);
        return [.. problems.ToImmutable().Select(problem => problem.Path)];
    }

    private static DslSearch? Read(string search, ProblemList problems, SearchLimits limits)
    {
        using var document = JsonDocument.Parse(search);
        return DslReader.Read(document.RootElement, "dsl", DslFields.Of(Registry), limits, Now, showsScores: false, problems);
    }

    private static SearchDocument Document(int number, params (string Field, string Value)[] values)
    {
        var guid = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
        return new SearchDocument(
            new AssetId(number),
            guid,
            [.. values.Append(("__guid", guid.ToString())).Select(one => new SearchFieldValues(Fields.Find(one.Item1)!, [one.Item2]))],
            []);
    }
}
