using System.Text;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Tests.Save.Normalize;

namespace Cartulary.Core.Tests.Save.Read;

public sealed class SaveRequestReaderTests
{
    [Fact]
    public void What_a_body_says_is_read_as_slices_of_it()
    {
        var asset = Read("""{"other":[1],"entities":[{"typeName":"Table","guid":"-1","attributes":{"name":"a","description":null},"relationshipAttributes":{"meanings":[ ]},"appendRelationshipAttributes":{"links":[]},"removeRelationshipAttributes":{"columns":[{}]},"labels":["x"],"customAttributes":{"k":"v"},"status":"ACTIVE","unknown":{"a":1,"a":1}}]}""").ShouldHaveSingleItem();

        asset.TypeName.ShouldBe("Table");
        asset.Guid!.Value.Text.ShouldBe("-1");
        asset.Guid.Value.Real.ShouldBeNull();
        asset.Restores.ShouldBeTrue();
        asset.Path.ShouldBe("entities[0]");
        Shown(asset.Attributes).ShouldBe(["name=\"a\"", "description=null"]);
        asset.Attributes[1].IsNull.ShouldBeTrue();
        Shown(asset.Relationships).ShouldBe(["meanings=[ ]"]);
        Shown(asset.AppendedRelationships).ShouldBe(["links=[]"]);
        Shown(asset.RemovedRelationships).ShouldBe(["columns=[{}]"]);
        Shown([asset.Labels!.Value, asset.CustomAttributes!.Value]).ShouldBe(["labels=[\"x\"]", "customAttributes={\"k\":\"v\"}"]);
    }

    [Theory]
    [InlineData("""{"entities":[{"typeName":"Table","attributes":null,"relationshipAttributes":null,"labels":null,"customAttributes":null,"status":null,"guid":null,"classifications":null,"businessAttributes":null}],"referredEntities":null}""")]
    [InlineData("""{"entities":[{"typeName":"Table","guid":"","status":"","classifications":[],"businessAttributes":{}}],"referredEntities":{}}""")]
    [InlineData("""{"entities":[{"typeName":"Table","status":"DELETED"}]}""")]
    public void Null_and_empty_members_say_nothing(string body)
    {
        var asset = Read(body).ShouldHaveSingleItem();

        asset.Guid.ShouldBeNull();
        asset.Restores.ShouldBeFalse();
        asset.Attributes.ShouldBeEmpty();
        asset.Relationships.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"entities":[],"entities":[]}""", "entities")]
    [InlineData("""{"entities":[],"\u0065ntities":[]}""", "entities")]
    [InlineData("""{"entities":[{"typeName":"Table"}],"x":1,"x":1}""", "x")]
    [InlineData("""{"entities":[{"typeName":"Table","typeName":"Table"}]}""", "entities[0].typeName")]
    [InlineData("""{"entities":[{"typeName":"Table","x":1,"x":2}]}""", "entities[0].x")]
    [InlineData("""{"entities":[{"typeName":"Table","attributes":{"name":"a","name":"a"}}]}""", "entities[0].attributes.name")]
    [InlineData("""{"entities":[{"typeName":"Table","attributes":{"name":"a","n\u0061me":"a"}}]}""", "entities[0].attributes.name")]
    [InlineData("""{"entities":[{"typeName":"Table","relationshipAttributes":{"columns":[],"columns":[]}}]}""", "entities[0].relationshipAttributes.columns")]
    [InlineData("""{"entities":[{"typeName":"Table"}],"referredEntities":{"-1":{"typeName":"Table"},"-1":{"typeName":"Table"}}}""", "referredEntities.-1")]
    public void A_key_given_twice_is_refused_at_every_level(string body, string path)
    {
        var problem = Refused(body).ShouldHaveSingleItem();

        problem.Path.ShouldBe(path);
        problem.Code.Status.ShouldBe(400);
    }

    [Fact]
    public void Referred_entities_count_only_when_something_points_at_them()
    {
        var assets = Read("""
            {"entities":[{"typeName":"Column","guid":"-1","relationshipAttributes":{"table":{"guid":"-2"}}}],
             "referredEntities":{"-2":{"typeName":"Table","attributes":{"readme":{"guid":"-3"}}},"-3":{"typeName":"Readme","guid":"-3"},"-4":{"typeName":"Table"}}}
            """);

        assets.Select(asset => asset.Guid!.Value.Text).ShouldBe(["-1", "-2", "-3"]);
        assets[1].Path.ShouldBe("referredEntities.-2");
    }

    [Fact]
    public void A_referred_entity_that_is_also_an_entity_is_read_once() =>
        Read("""{"entities":[{"typeName":"Column","guid":"-1","attributes":{"table":{"guid":"-2"}}},{"typeName":"Table","guid":"-2"}],"referredEntities":{"-2":{"typeName":"Table","guid":"-2"}}}""").Length.ShouldBe(2);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("{")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\"}]}}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\"}]} {}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",}]}")]
    [InlineData("{\"entities\":[{\"typeName\":'Table'}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"attributes\":{\"a\":01}}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"attributes\":{\"a\":NaN}}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\"}],\"\\ud800\":1}")]
    [InlineData("{\"entities\":[{\"typeName\":\"\\ud800\"}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"labels\":[\"\\ud800\"]}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"attributes\":{\"table\":{\"guid\":\"\\udc00\"}}}],\"referredEntities\":{\"-1\":{\"typeName\":\"Table\"}}}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"relationshipAttributes\":{\"columns\":[{\"typeName\":\"Column\",\"uniqueAttributes\":{\"qualifiedName\":\"\\ud800x\"}}]}}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"customAttributes\":{\"\\ud800\":\"\\udc00\"}}]}")]
    public void A_body_that_is_no_JSON_object_of_good_text_is_refused(string body) => Refused(body).ShouldAllBe(problem => problem.Code.Status == 400);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"entities\":[]}")]
    [InlineData("{\"entities\":null}")]
    [InlineData("{\"entities\":{}}")]
    [InlineData("{\"entities\":[1]}")]
    [InlineData("{\"entities\":[{\"typeName\":1}]}")]
    [InlineData("{\"entities\":[{}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"guid\":\"x\"}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"guid\":1}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"attributes\":[]}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"status\":\"GONE\"}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\",\"starred\":1}]}")]
    [InlineData("{\"entities\":[{\"typeName\":\"Table\"}],\"referredEntities\":{\"x\":{\"typeName\":\"Table\"}}}")]
    public void A_body_of_another_shape_is_refused(string body) => Refused(body).ShouldNotBeEmpty();

    [Fact]
    public void Every_problem_of_a_body_is_reported() =>
        Refused("""{"entities":[{"typeName":"Table","guid":"x","attributes":[]},{"attributes":{}},{"typeName":"Table","status":"GONE"}]}""")
            .Select(problem => problem.Path).ShouldBe(["entities[0].guid", "entities[0].attributes", "entities[1].typeName", "entities[2].status"]);

    [Fact]
    public void Text_that_is_no_UTF_8_is_refused()
    {
        var body = Encoding.UTF8.GetBytes("""{"entities":[{"typeName":"Table","attributes":{"a":"#"}}]}""");
        body[Array.IndexOf(body, (byte)'#')] = 0xff;

        SaveRequestReader.ReadBulk(body, Values.Registry, new SaveLimits()).ShouldBeOfType<ReadOutcome.Refused>();
    }

    [Theory]
    [InlineData(58, true)]
    [InlineData(70, false)]
    public void Nesting_deeper_than_the_limit_is_refused(int depth, bool isUnderstood)
    {
        var body = $"{{\"entities\":[{{\"typeName\":\"Table\",\"attributes\":{{\"a\":{new string('[', depth)}{new string(']', depth)}}}}}]}}";

        (SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(body), Values.Registry, new SaveLimits()) is ReadOutcome.Understood).ShouldBe(isUnderstood);
    }

    [Fact]
    public void More_assets_than_the_limit_are_refused()
    {
        var body = $"{{\"entities\":[{string.Join(",", Enumerable.Repeat("{\"typeName\":\"Table\"}", 3))}]}}";

        SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(body), Values.Registry, new SaveLimits { AssetsPerRequest = 2 }).ShouldBeOfType<ReadOutcome.Refused>();
    }

    private static System.Collections.Immutable.ImmutableArray<RequestAsset> Read(string body) =>
        SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(body), Values.Registry, new SaveLimits()).ShouldBeOfType<ReadOutcome.Understood>().Request.Assets;

    private static IReadOnlyList<Cartulary.Core.Errors.Problem> Refused(string body) =>
        SaveRequestReader.ReadBulk(Encoding.UTF8.GetBytes(body), Values.Registry, new SaveLimits()).ShouldBeOfType<ReadOutcome.Refused>(body).Problems;

    private static IEnumerable<string> Shown(IEnumerable<RequestField> fields) => fields.Select(field => $"{field.Name}={Encoding.UTF8.GetString(field.Json.Span)}");
}
