using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;

namespace Cartulary.Core.Tests.Query.Search;

public sealed class SearchFieldsTests
{
    private static readonly TypeRegistry BuiltIn = TypeRegistryBuilder.Build(
        1, TypeInstaller.Plan([], BuiltInModel.Load(), "system", 0, Guid.NewGuid), CatalogSettings.Default);

    [Theory]
    [InlineData("name", "name", SearchFieldKind.Text)]
    [InlineData("name.text", "name", SearchFieldKind.Text)]
    [InlineData("name.keyword", "name.keyword", SearchFieldKind.FoldedKeyword)]
    [InlineData("name.stemmed", "name.stemmed", SearchFieldKind.Text)]
    [InlineData("displayName.keyword", "displayName.keyword", SearchFieldKind.FoldedKeyword)]
    [InlineData("userDescription", "userDescription", SearchFieldKind.Text)]
    [InlineData("qualifiedName", "qualifiedName", SearchFieldKind.Keyword)]
    [InlineData("qualifiedName.keyword", "qualifiedName", SearchFieldKind.Keyword)]
    [InlineData("qualifiedName.text", "qualifiedName.text", SearchFieldKind.Text)]
    [InlineData("ownerUsers", "ownerUsers", SearchFieldKind.Keyword)]
    [InlineData("certificateStatus", "certificateStatus", SearchFieldKind.Keyword)]
    [InlineData("certificateStatus.text", "certificateStatus.text", SearchFieldKind.Text)]
    [InlineData("popularityScore", "popularityScore", SearchFieldKind.Decimal)]
    [InlineData("columnCount", "columnCount", SearchFieldKind.Integer)]
    [InlineData("isPartitioned", "isPartitioned", SearchFieldKind.Boolean)]
    [InlineData("__typeName", "__typeName.keyword", SearchFieldKind.FoldedKeyword)]
    [InlineData("__superTypeNames.keyword", "__superTypeNames.keyword", SearchFieldKind.FoldedKeyword)]
    [InlineData("__timestamp.date", "__timestamp", SearchFieldKind.Integer)]
    [InlineData("__hasLineage", "__hasLineage", SearchFieldKind.Boolean)]
    public void A_name_means_a_field(string name, string field, SearchFieldKind kind)
    {
        var found = SearchFields.Of(BuiltIn).Find(name);

        found.ShouldNotBeNull();
        found.Name.ShouldBe(field);
        found.Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("Name")]
    [InlineData("columns")]
    [InlineData("")]
    public void Other_names_mean_nothing(string name) => SearchFields.Of(BuiltIn).Find(name).ShouldBeNull();

    [Fact]
    public void Times_are_known_as_such()
    {
        SearchFields.Of(BuiltIn).Find("__timestamp")!.IsDate.ShouldBeTrue();
        SearchFields.Of(BuiltIn).Find("certificateUpdatedAt")!.IsDate.ShouldBeTrue();
        SearchFields.Of(BuiltIn).Find("columnCount")!.IsDate.ShouldBeFalse();
    }

    [Theory]
    [InlineData("int", "long", SearchFieldKind.Integer)]
    [InlineData("date", "long", SearchFieldKind.Integer)]
    [InlineData("int", "double", SearchFieldKind.Decimal)]
    [InlineData("int", "string", SearchFieldKind.Keyword)]
    [InlineData("boolean", "date", SearchFieldKind.Keyword)]
    [InlineData("string", "array<string>", SearchFieldKind.Keyword)]
    [InlineData("string", "map<string,string>", SearchFieldKind.Keyword)]
    public void A_name_that_two_types_use_differently_means_what_holds_both(string one, string other, SearchFieldKind kind)
    {
        SearchFields.Of(With(Entity("A", one), Entity("B", other))).Find("x")!.Kind.ShouldBe(kind);
        SearchFields.Of(With(Entity("B", other), Entity("A", one))).Find("x")!.Kind.ShouldBe(kind);
        SearchFields.Of(With(Entity("A", one), Entity("B", other))).Find("x")!.IsDate.ShouldBeFalse();
    }

    [Fact]
    public void Custom_metadata_is_found_by_its_own_name_and_by_that_of_its_set()
    {
        var fields = SearchFields.Of(TypeRegistryBuilder.Build(
            1,
            TypeInstaller.Plan(
                [],
                new TypesDef
                {
                    EntityDefs = [Entity("A", "string")],
                    BusinessMetadataDefs = [Set("first", "grade", "string"), Set("second", "grade", "int"), Set("third", "x", "date")],
                },
                "system",
                0,
                Guid.NewGuid),
            CatalogSettings.Default));

        fields.Find("grade").ShouldBe(new SearchField("first.grade", SearchFieldKind.Keyword));
        fields.Find("grade.text").ShouldBe(new SearchField("first.grade.text", SearchFieldKind.Text));
        fields.Find("second.grade").ShouldBe(new SearchField("second.grade", SearchFieldKind.Integer));
        fields.Find("x").ShouldBe(new SearchField("x", SearchFieldKind.Keyword));
        fields.Find("third.x").ShouldBe(new SearchField("third.x", SearchFieldKind.Integer, IsDate: true));
    }

    private static TypeRegistry With(params EntityDef[] types) =>
        TypeRegistryBuilder.Build(1, TypeInstaller.Plan([], new TypesDef { EntityDefs = [.. types] }, "system", 0, Guid.NewGuid), CatalogSettings.Default);

    private static EntityDef Entity(string name, string type) => new()
    {
        Name = name,
        AttributeDefs = [new AttributeDef { Name = "x", TypeName = type, IsOptional = true }],
    };

    private static BusinessMetadataDef Set(string name, string attribute, string type) => new()
    {
        Name = name,
        AttributeDefs = [new AttributeDef { Name = attribute, TypeName = type, IsOptional = true }],
    };
}
