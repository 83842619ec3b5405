using System.Text;

namespace Cartulary.Fuzz.Inputs;

/// <summary>Keys and values with which mistakes are made.</summary>
internal static class Words
{
    /// <summary>Keys of requests, as JSON strings.</summary>
    public static readonly byte[][] Keys =
    [
        .. new[]
        {
            "typeName", "guid", "attributes", "relationshipAttributes", "appendRelationshipAttributes", "removeRelationshipAttributes", "labels",
            "customAttributes", "status", "classifications", "businessAttributes", "starred", "expectedVersion", "entities", "entity", "referredEntities",
            "uniqueAttributes", "relationshipType", "qualifiedName", "name", "description", "rowCount", "order", "table", "columns", "meanings", "anchor",
            "terms", "inputs", "outputs", "atlanSchema", "of_int", "of_string", "of_Place", "of_map_string_string", "of_array_Place", "street", "number", "tags",
            "certificateStatus", "sourceCreatedAt", "__hasLineage", "isBlocked", "$and", "$or", "$ne", "role", "ignoredAttributes", "", "$", "a b", "\\ud800", "\\u0000", "qualifiedNam\\u0065",
        }.Select(text => Encoding.UTF8.GetBytes($"\"{text}\"")),
    ];

    /// <summary>Values, as JSON, and some that are none.</summary>
    public static readonly byte[][] Values =
    [
        .. new[]
        {
            "null", "true", "false", "0", "-0", "1", "-1", "1.5", "5.0", "5e0", "127", "128", "-129", "32768", "2147483647", "2147483648", "9223372036854775807",
            "9223372036854775808", "-9223372036854775809", "1e400", "-1e-400", "1e100000", "1e100001", "1e99999999999", "0.1", "123456789012345678901234567890",
            "01", "+1", ".5", "1.", "NaN", "Infinity", "-Infinity", "0x10", "'a'", "undefined", "//c\n1", "/*c*/1",
            "\"\"", "\" \"", "\"a\"", "\"true\"", "\"True\\u0000\"", "\"5\\u0000\"", "\"5\"", "\" 5\"", "\"+5\"", "\"1e5\"", "\"NaN\"", "\"1,000\"",
            "\"-1\"", "\"-2\"", "\"-\"", "\"t\"", "\"q/target\"", "\"q/both\"", "\"word\"", "\"words\"", "\"a@b\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
            "\"\\ud83d\\ude00\"", "\"\\uFEFF\"", "\"ACTIVE\"", "\"DELETED\"", "\"RED\"", "\"red\"", "\"VERIFIED\"", "\"Table\"", "\"View\"", "\"SQL\"", "\"Column\"", "\"Asset\"",
            "\"Referenceable\"", "\"AtlasGlossary\"", "\"AtlasGlossaryTerm\"", "\"Everything\"", "\"Place\"", "\"Nothing\"",
            "\"00000000-0000-0000-0000-000000000000\"", "\"0x902f3e-0000-7000-8000-000000000001\"", "\"{01902f3e-0000-7000-8000-000000000001}\"", "\"01902F3E000070008000000000000001\"",
            "\"1970-01-01\"", "\"2024-02-30\"", "\"2024-02-29T24:00\"", "\"2024-02-29T12:00:00.1234567890123Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"0001-01-01T00:00:00+14:00\"",
            "[]", "{}", "[[]]", "[{}]", "[null]", "[1]", "[\"a\"]", "[\"\"]", "{\"a\":1}", "{\"\":null}", "{\"guid\":\"-1\"}", "{\"guid\":\"-2\"}", "{\"guid\":null}", "{\"guid\":1}",
            "{\"typeName\":\"Table\",\"uniqueAttributes\":{\"qualifiedName\":\"q/target\"}}", "{\"typeName\":\"SQL\",\"uniqueAttributes\":{\"qualifiedName\":\"q/both\"}}",
            "{\"typeName\":\"Table\",\"uniqueAttributes\":{\"name\":\"x\"}}", "{\"typeName\":\"Table\",\"uniqueAttributes\":{}}", "{\"typeName\":\"Table\",\"uniqueAttributes\":[]}",
            "{\"$eq\":\"a\"}", "{\"$in\":[\"a\",null]}", "{\"$ilike\":\"%a%\"}", "{\"$like\":1}", "\"read-only\"",
            "{\"street\":\"a\"}", "{\"street\":null}", "{\"attributes\":{\"street\":\"a\"}}", "{\"typeName\":\"X\",\"attributes\":1}",
        }.Select(Encoding.UTF8.GetBytes),
        Encoding.UTF8.GetBytes($"\"{new string('x', 1_200)}\""),
        Encoding.UTF8.GetBytes($"\"{new string('y', 101)}\""),
        Encoding.UTF8.GetBytes(new string('9', 1_001)),
        Encoding.UTF8.GetBytes(new string('[', 70) + new string(']', 70)),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 58)) + "1" + new string('}', 58)),
    ];

    /// <summary>Bytes that do harm wherever they stand.</summary>
    public static readonly byte[][] Bytes =
    [
        [0], [0xEF, 0xBB, 0xBF], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0x0C], [0x0B], [0xC2, 0xA0], [0xE2, 0x80, 0xA8],
        .. new[] { "\"", "\\", "{", "}", "[", "]", ",", ",,", ":", "//", "/*", "*/", "#", "\\u", "\\ud800", "\\u0000", "\\x", "e", "-", "\n", " ", "\r\n", "null", "1" }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Pieces of queries.</summary>
    public static readonly byte[][] QueryPieces =
    [
        .. new[]
        {
            "&", "=", "?", "%", "%0", "%00", "%GG", "%FF", "%ED%A0%80", "%2C", "%26", ",", ",,", " ", "+", "-", "-1", "0", "1", "9223372036854775807", "9223372036854775808", "1e3", "0.5",
            "NaN", "inf", "latest", "LATEST", "true", "TRUE", "yes", "after=", "limit=", "wait=", "log=", "guid=", "typeName=", "operation=", "qualifiedNamePrefix=", "ignoreAttributes=",
            "attr:", "attr:qualifiedName=", "deleteType=", "attr_0:", "attr_01:", "attr_:", "attr_2147483648:", "version=", "asOf=", "asOfSequence=", "from=", "to=", "before=",
            "-9223372036854775808", "1970-01-01", "9999-12-31T23:59:59.999-14:00", "0001-01-01", "2024-02-30", "AQ", "_", "~", "PURGE", "Table", "ENTITY_UPDATE", "entity_delete", "01902f3e-0000-7000-8000-000000000001", "a".PadRight(300, 'a'),
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Pieces of headers.</summary>
    public static readonly byte[][] HeaderPieces =
    [
        .. new[]
        {
            "\n", ": ", "\"", "\"\"", "\\\"", "\\", "W/", "w/", "*", ",", ", ", "\"1\"", "W/\"1\"", "\"9223372036854775807\"", "\"9223372036854775808\"", "\"+1\"", "\"-1\"", "\"01\"", "1", " ", "\t",
            "If-Match: ", "If-None-Match: ", "Idempotency-Key: ", "X-Atlan-Request-Id: ", "Last-Event-ID: ", "latest", "é", "a".PadRight(254, 'a'), "a".PadRight(300, 'a'),
        }.Select(Encoding.UTF8.GetBytes),
    ];
}
