using System.Runtime.CompilerServices;
using Cartulary.Cli.Sources.Postgres.Lineage;

namespace Cartulary.Cli.Tests.Sources.Postgres.Lineage;

/// <summary>Reads trees that PostgreSQL 15 wrote, each beside the query that it is of.</summary>
public sealed class ViewTreeTests
{
    private static readonly Dictionary<uint, (string Name, string[] Columns)> Relations = new()
    {
        [16394] = ("customers", ["id", "email", "name", "joined"]),
        [16404] = ("orders", ["id", "customer_id", "placed_on", "state", "total", "net"]),
        [16439] = ("paid", ["id", "email", "doubled", "running"]),
    };

    [Theory]
    [InlineData(
        "paid",
        """
        SELECT o.id, c.email, o.total * 2 AS doubled, sum(o.total) OVER w AS running FROM orders o JOIN customers c ON c.id = o.customer_id
        WHERE o.state = 'paid' WINDOW w AS (PARTITION BY c.id ORDER BY o.placed_on)
        """,
        "orders.id | customers.email | orders.total | orders.total")]
    [InlineData(
        "mix",
        """
        WITH big AS (SELECT id, total FROM orders WHERE total > 10), r AS (SELECT * FROM big)
        SELECT r.id, coalesce(r.total, 0) AS t, (SELECT max(email) FROM customers c WHERE c.id = r.id) AS m FROM r
        UNION ALL SELECT id, 0, name FROM customers
        """,
        "customers.id orders.id | orders.total | customers.email customers.name")]
    [InlineData(
        "used",
        "SELECT * FROM orders JOIN (SELECT id, email FROM customers) c USING (id)",
        "orders.id | orders.customer_id | orders.placed_on | orders.state | orders.total | orders.net | customers.email")]
    [InlineData(
        "fulls",
        "SELECT id, a.email, b.total FROM customers a FULL JOIN orders b USING (id)",
        "customers.id orders.id | customers.email | orders.total")]
    [InlineData(
        "recur",
        "WITH RECURSIVE t(n, e) AS (SELECT id, email FROM customers UNION ALL SELECT n + 1, e FROM t WHERE n < 5) SELECT n, e FROM t",
        "customers.id | customers.email")]
    [InlineData(
        "fn",
        "SELECT c.id, g.x, v.column1 AS k FROM customers c, LATERAL generate_series(1, length(c.name)) AS g(x), (VALUES (1), (2)) v",
        "customers.id | customers.name | ")]
    [InlineData("whole", "SELECT c AS w, c.ctid AS tid FROM customers c", " | ")]
    [InlineData(
        "odd",
        """SELECT id AS "a b", email AS "{c}\d", name AS ":e" , '' AS "<>" FROM customers""",
        "customers.id | customers.email | customers.name | ")]
    [InlineData(
        "per_day",
        "SELECT placed_on, count(*) AS n, sum(total) FILTER (WHERE state = 'paid') AS s FROM orders GROUP BY placed_on",
        "orders.placed_on |  | orders.state orders.total")]
    [InlineData("onview", "SELECT id, doubled FROM paid ORDER BY email", "paid.id | paid.doubled")]
    public void The_columns_of_a_view_are_made_of_these(string tree, string query, string inputs)
    {
        var columns = ViewTree.Read(File.ReadAllText(PathOf(tree))).Columns();

        columns.Keys.ShouldBe(Enumerable.Range(1, columns.Count).Select(number => (short)number), query);
        string.Join(" | ", columns.Values.Select(column => string.Join(' ', column.Select(Name)))).ShouldBe(inputs, query);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("({QUERY :commandType 1")]
    [InlineData("({QUERY :commandType 1}) {")]
    [InlineData("({QUERY :a 1} {QUERY :a 1})")]
    [InlineData("({NOTIFYSTMT :a 1})")]
    public void What_is_not_the_tree_of_one_query_is_refused(string text) => Should.Throw<FormatException>(() => ViewTree.Read(text));

    [Theory]
    [InlineData("{VAR :varno 2 :varattno 1 :varlevelsup 0}")]
    [InlineData("{VAR :varno 1 :varattno 1 :varlevelsup 1}")]
    [InlineData("{VAR :varattno 1 :varlevelsup 0}")]
    [InlineData("{VAR :varno <> :varattno 1 :varlevelsup 0}")]
    public void A_reference_to_nothing_is_refused(string variable) => Should.Throw<FormatException>(() => Of(variable).Columns());

    [Fact]
    public void Fields_and_nodes_that_nobody_knows_are_looked_through() =>
        Of("{NEWEXPR :novelty 7 8 9 :inside {OTHER :list ((({VAR :varno 1 :varattno 4 :varlevelsup 0 :brandnew x})))}}").Columns()[1]
            .ShouldBe([new BaseColumn(16394, 4)]);

    [Fact]
    public void A_tree_that_is_nested_too_deeply_is_refused()
    {
        const int depth = 200_000;

        Should.Throw<FormatException>(() => Of($"{new string('(', depth)}{new string(')', depth)}"));
    }

    [Fact]
    public void Every_beginning_of_a_tree_is_refused_and_none_is_misread()
    {
        var text = File.ReadAllText(PathOf("odd")).TrimEnd();

        for (var length = 0; length < text.Length; length += 7)
        {
            Should.Throw<FormatException>(() => ViewTree.Read(text[..length]));
        }
    }

    [Fact]
    public void A_query_that_doubles_itself_many_times_is_walked_once()
    {
        var query = "{RTE :rtekind 0 :relid 16394}";
        for (var level = 0; level < 40; level++)
        {
            query = $"{{RTE :rtekind 1 :subquery {Query(query, "{OPEXPR :args ({VAR :varno 1 :varattno 1 :varlevelsup 0} {VAR :varno 1 :varattno 1 :varlevelsup 0})}")}}}";
        }

        ViewTree.Read($"({Query(query, "{VAR :varno 1 :varattno 1 :varlevelsup 0}")})").Columns()[1].ShouldBe([new BaseColumn(16394, 1)]);
    }

    private static ViewTree Of(string expression) => ViewTree.Read($"({Query("{RTE :rtekind 0 :relid 16394}", expression)})");

    private static string Query(string entry, string expression) =>
        $"{{QUERY :cteList <> :rtable ({entry}) :targetList ({{TARGETENTRY :expr {expression} :resno 1 :resname a :resorigtbl 0 :resorigcol 0 :resjunk false}}) :setOperations <>}}";

    private static string Name(BaseColumn column) => $"{Relations[column.Relation].Name}.{Relations[column.Relation].Columns[column.Number - 1]}";

    private static string PathOf(string tree, [CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Trees", $"{tree}.tree");
}
