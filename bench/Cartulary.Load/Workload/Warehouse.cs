using System.Globalization;

namespace Cartulary.Load.Workload;

/// <summary>
/// The assets of a made-up warehouse, as a crawler sends them: tables, and columns of about 1.6 KB of JSON that name their
/// table by its qualified name.
/// </summary>
internal static class Warehouse
{
    /// <summary>How many columns a table has.</summary>
    public const int ColumnsPerTable = 40;

    private const string Connection = "default/snowflake/1700000000";
    private const string Schema = $"{Connection}/ANALYTICS/SALES";

    private static readonly string[] Types = ["NUMBER", "VARCHAR", "TIMESTAMP_NTZ", "BOOLEAN", "FLOAT"];

    /// <summary>Bodies of so many tables, 100 in each.</summary>
    public static IEnumerable<Bulk> Tables(int first, int count) =>
        Enumerable.Range(first, count).Select(Table).Chunk(100).Select(Bulk.Of);

    /// <summary>Bodies of the columns of tables that follow each other.</summary>
    public static Bulk[] Columns(int first, int count, int perBody) =>
        [.. Enumerable.Range(first, count).Select(number => Column(number, TableName(number / ColumnsPerTable))).Chunk(perBody).Select(Bulk.Of)];

    /// <summary>The name of the table with this number.</summary>
    public static string TableName(int number) => string.Create(CultureInfo.InvariantCulture, $"FACT_{number:D6}");

    /// <summary>How the qualified names of the columns of the table with this number begin, and of nothing else.</summary>
    public static string ColumnPrefix(int table) => $"{Schema}/{TableName(table)}/";

    /// <summary>A table.</summary>
    public static string Table(int number) => Table(TableName(number));

    /// <summary>A table of this name.</summary>
    public static string Table(string name) =>
        $$$"""
        {"typeName":"Table","attributes":{"qualifiedName":"{{{Schema}}}/{{{name}}}","name":"{{{name}}}","description":"One row for each line of an order, {{{Bulk.Counter}}}","connectorName":"snowflake","connectionName":"warehouse","connectionQualifiedName":"{{{Connection}}}","databaseName":"ANALYTICS","databaseQualifiedName":"{{{Connection}}}/ANALYTICS","schemaName":"SALES","schemaQualifiedName":"{{{Schema}}}","rowCount":1250000,"sizeBytes":734003200,"columnCount":{{{ColumnsPerTable}}}}}
        """.Trim();

    /// <summary>The reference to a term as an asset holds it.</summary>
    public static string Meaning(string term) =>
        $$""","relationshipAttributes":{"meanings":[{"typeName":"AtlasGlossaryTerm","guid":"{{term}}"}]}""";

    /// <summary>A column of a table; <paramref name="more"/> are further members of the entity.</summary>
    public static string Column(int number, string table, string more = "")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"AMOUNT_{number:D7}");
        var qualifiedTable = $"{Schema}/{table}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            {"typeName":"Column","guid":"-{{{number + 1}}}","status":"ACTIVE","attributes":{"qualifiedName":"{{{qualifiedTable}}}/{{{name}}}","name":"{{{name}}}","displayName":"Amount {{{number}}}","description":"What the customer owes for this line of the order in the currency of the order, after discounts and before taxes; filled by the nightly load and corrected when an invoice is cancelled, {{{Bulk.Counter}}}","dataType":"{{{Types[number % Types.Length]}}}","rawDataTypeDefinition":"{{{Types[number % Types.Length]}}}(18,4)","order":{{{(number % ColumnsPerTable) + 1}}},"isNullable":{{{(number % 3 == 0 ? "true" : "false")}}},"isPrimary":false,"isForeign":{{{(number % 7 == 0 ? "true" : "false")}}},"isIndexed":false,"isPartition":false,"precision":18,"numericScale":4,"maxLength":64,"defaultValue":"0","connectorName":"snowflake","connectionName":"warehouse","connectionQualifiedName":"{{{Connection}}}","databaseName":"ANALYTICS","databaseQualifiedName":"{{{Connection}}}/ANALYTICS","schemaName":"SALES","schemaQualifiedName":"{{{Schema}}}","tableName":"{{{table}}}","tableQualifiedName":"{{{qualifiedTable}}}","ownerUsers":["dana.lee","marco.rossi"],"ownerGroups":["finance"],"sourceCreatedAt":1700000000000,"sourceUpdatedAt":{{{1_710_000_000_000L + number}}},"sourceCreatedBy":"LOADER","sourceURL":"https://warehouse.example.com/#/data/databases/ANALYTICS/schemas/SALES/table/{{{table}}}/columns","validations":{"unit":"EUR","range":"non-negative"},"columnDistinctValuesCountLong":{{{number * 13L}}},"columnMissingValuesCountLong":{{{number % 11}}},"columnMinValue":0.01,"columnMaxValue":{{{number % 100_000}}}.5,"table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"{{{qualifiedTable}}}"}} }{{{more}}} }
            """).Trim();
    }
}
