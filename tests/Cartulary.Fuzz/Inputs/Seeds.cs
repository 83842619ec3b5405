using System.Text;

namespace Cartulary.Fuzz.Inputs;

/// <summary>Requests that are in order, one for each thing that can be said: what mutation starts from.</summary>
internal static class Seeds
{
    /// <summary>The asset that partial updates are sent to.</summary>
    public const string Target = "q/target";

    /// <summary>What every catalog holds before anything is tried.</summary>
    public const string Stored = """
        {"entities":[
        {"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"q/target","name":"target"}},
        {"typeName":"Column","guid":"-2","attributes":{"qualifiedName":"q/target/id","name":"id","order":1,"table":{"guid":"-1"}}},
        {"typeName":"View","guid":"-3","attributes":{"qualifiedName":"q/both","name":"view"}},
        {"typeName":"Table","guid":"-4","attributes":{"qualifiedName":"q/both","name":"table"}},
        {"typeName":"AtlasGlossary","guid":"-5","attributes":{"name":"words","qualifiedName":"words"}},
        {"typeName":"AtlasGlossaryTerm","guid":"-6","attributes":{"name":"word","qualifiedName":"word","anchor":{"guid":"-5"}}}]}
        """;

    private const string Everything = """
        {"entities":[{"typeName":"Everything","guid":"-1","attributes":{"qualifiedName":"e","name":"e","of_string":"text é \ud83d\ude00","of_boolean":true,
        "of_byte":-128,"of_short":32767,"of_int":"12","of_long":9007199254740993,"of_biginteger":123456789012345678901234567890,"of_float":1.5,
        "of_double":1e-5,"of_bigdecimal":0.10,"of_date":"2024-02-29T12:00:00.123456789+02:00","of_Colour":"RED",
        "of_Place":{"street":"high","number":1,"tags":["a","b"]},"of_array_string":["a","","b"],"of_array_boolean":[true,"False"],"of_array_int":[1,2.0,3e0],
        "of_array_double":[0.1,-0.0],"of_array_date":[0,"1970-01-01"],"of_array_bigdecimal":[1.0,1],"of_array_Colour":["GREEN"],
        "of_array_Place":[{"street":"a"},{"typeName":"Place","attributes":{"street":"b"}}],"of_array_array_string":[["a"],[]],"of_map_string_string":{"k":"v","":"e"},
        "of_map_string_long":{"a":1},"of_map_int_double":{"1":0.5,"2":null},"of_map_string_array_int":{"x":[1]},"of_map_string_Place":{"p":{"street":"c"}},
        "defaultedInt":null,"defaultedSet":[]}}]}
        """;

    private static readonly string[] Bulks =
    [
        Stored,
        Everything,
        """{"entities":[{"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"t","name":"t","description":"d","rowCount":5,"certificateStatus":"VERIFIED","ownerUsers":["a"],"sourceCreatedAt":1700000000000,"isTemporary":false,"queryPreviewConfig":{"a":"b"}},"labels":["x","y_1"],"customAttributes":{"k-1":"v"},"status":"ACTIVE"}]}""",
        """{"entities":[{"typeName":"Column","guid":"-2","attributes":{"qualifiedName":"t/c","name":"c","order":2},"relationshipAttributes":{"table":{"typeName":"Table","guid":"-1"}}}],"referredEntities":{"-1":{"typeName":"Table","attributes":{"qualifiedName":"t2","name":"t2"}},"-9":{"typeName":"View","attributes":{"qualifiedName":"v","name":"v"}}}}""",
        """{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"q/target","name":"target"},"relationshipAttributes":{"meanings":[{"typeName":"AtlasGlossaryTerm","uniqueAttributes":{"qualifiedName":"word@words"},"relationshipType":"AtlasGlossarySemanticAssignment","relationshipAttributes":{"typeName":"AtlasGlossarySemanticAssignment","attributes":{"expression":"x","confidence":5,"status":"VALIDATED"}}}]}}]}""",
        """{"entities":[{"typeName":"Process","guid":"-7","attributes":{"qualifiedName":"p","name":"p","sql":"select 1","inputs":[{"typeName":"Table","uniqueAttributes":{"qualifiedName":"q/target"}}],"outputs":[{"typeName":"View","uniqueAttributes":{"qualifiedName":"q/both"}}]}}]}""",
        """{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"q/target","name":"target"},"appendRelationshipAttributes":{"columns":[{"guid":"-2"}]}},{"typeName":"Column","guid":"-2","attributes":{"qualifiedName":"q/target/two","name":"two","table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"q/target"}}}}]}""",
        """{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"q/both","name":"b","atlanSchema":{"guid":"-8"},"partitions":null,"columns":[]},"removeRelationshipAttributes":{"meanings":[{"guid":"-9"}]}},{"typeName":"Schema","guid":"-8","attributes":{"name":"s","qualifiedName":"s"}},{"typeName":"AtlasGlossaryTerm","guid":"-9","attributes":{"name":"w2","qualifiedName":"x","anchor":{"typeName":"AtlasGlossary","guid":"-10"}}},{"typeName":"AtlasGlossary","guid":"-10","attributes":{"name":"g2","qualifiedName":"g2"}}]}""",
        """{"entities":[{"typeName":"SQL","attributes":{"qualifiedName":"q/target","name":"by supertype"}},{"typeName":"Link","guid":"-3","attributes":{"qualifiedName":"l","name":"l","link":"http://a"}}]}""",
    ];

    private static readonly string[] Singles =
    [
        """{"entity":{"typeName":"Table","attributes":{"qualifiedName":"one","name":"one"},"classifications":[],"businessAttributes":null,"starred":null,"expectedVersion":null}}""",
    ];

    private static readonly string[] Partials =
    [
        """{"entity":{"typeName":"Table","guid":"-1","attributes":{"description":"new","rowCount":null},"relationshipAttributes":{"columns":[{"guid":"-2"}]}},"referredEntities":{"-2":{"typeName":"Column","attributes":{"qualifiedName":"c9","name":"c9","order":9}}}}""",
    ];

    private static readonly string[] Queries =
    [
        "after=0&limit=2&wait=0",
        "after=latest&limit=5000&typeName=Table,Column&operation=ENTITY_CREATE",
        "after=2&guid=01902f3e-0000-7000-8000-000000000001&qualifiedNamePrefix=q/&ignoreAttributes=description,rowCount&log=01902f3e-0000-7000-8000-000000000002",
        "attr:qualifiedName=q/target&ignoreRelationships=true&minExtInfo=False&deleteType=SOFT&name=x",
    ];

    private static readonly (string Door, string Text)[] Others =
    [
        (FuzzInput.Past, "version=1&limit=3&before=2"),
        (FuzzInput.Past, "asOf=1700000000000&from=1&to=1970-01-01T00:00:00Z"),
        (FuzzInput.Past, "asOfSequence=3&attr_0:qualifiedName=q/target&attr_1:qualifiedName=q/both"),
        (FuzzInput.Page, "AQGiDrfP8n_IuBJ1CnUNs3cAAAAAAAAABgAAAAAAAAAA"),
        (FuzzInput.Header, "If-Match: \"1\", W/\"2\"\nIf-None-Match: \"1\"\nIdempotency-Key: \"a\\\"b\""),
        (FuzzInput.Header, "If-Match: *\nX-Atlan-Request-Id: 01902f3e\nLast-Event-ID: 3"),
        (FuzzInput.Filter, """{"$and":[{"name":"$admin"},{"$or":[{"username":{"$ilike":"%a%b"}},{"id":{"$in":["x",null,1]}},{"email":{"$ne":"y","$like":"a%"}}]}]}"""),
        (FuzzInput.Key, """{"name":"crawler","role":"read-only"}"""),
        (FuzzInput.Setting, """{"ignoredAttributes":["lastSyncRun","lastSyncRunAt"]}"""),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzInput> All() =>
    [
        .. Bulks.Select(text => Of(FuzzInput.Bulk, text)),
        .. Singles.Select(text => Of(FuzzInput.Single, text)),
        .. Partials.Select(text => Of(FuzzInput.Partial, text)),
        .. Queries.Select(text => Of(FuzzInput.Feed, text)),
        .. Others.Select(other => Of(other.Door, other.Text)),
    ];

    private static FuzzInput Of(string door, string text) => new(door, Encoding.UTF8.GetBytes(text));
}
