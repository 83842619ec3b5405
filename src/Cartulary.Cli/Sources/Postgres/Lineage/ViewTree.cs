using System.Collections.Immutable;

namespace Cartulary.Cli.Sources.Postgres.Lineage;

/// <summary>
/// The parse tree of a view. It tells for each column of the view which columns of tables and other views its value is made
/// of, through subqueries, common table expressions, joins and set operations. What only decides which rows there are, such
/// as WHERE, is no input of a column.
/// </summary>
internal sealed class ViewTree
{
    private readonly QueryScope _top;

    private ViewTree(Node query) => _top = new(query, null);

    /// <summary>Reads the action of the view's rule, <c>pg_rewrite.ev_action</c>.</summary>
    /// <exception cref="FormatException">It is not a tree that holds one query.</exception>
    public static ViewTree Read(string action) =>
        NodeReader.Read(action) is NodeList { Items: [Node { Name: "QUERY" } query] } ? new(query) : throw new FormatException("The rule is not one query.");

    /// <summary>The inputs of each column of the view, sorted, under the column's number.</summary>
    /// <exception cref="FormatException">The tree refers to something that is not in it.</exception>
    public ImmutableSortedDictionary<short, ImmutableArray<BaseColumn>> Columns() =>
        Targets(_top.Query).ToImmutableSortedDictionary(target => (short)target.Number("resno"), target => Inputs(target.Number("resno")));

    private ImmutableArray<BaseColumn> Inputs(long column)
    {
        var walk = new ColumnWalk();
        walk.Output(_top, column);
        return [.. walk.Found.Order(Comparer<BaseColumn>.Create(static (a, b) => (a.Relation, a.Number).CompareTo((b.Relation, b.Number))))];
    }

    /// <summary>The entries of a query's list that are columns of its result.</summary>
    internal static IEnumerable<Node> Targets(Node query) => query.Items("targetList").OfType<Node>().Where(target => target.Text("resjunk") != "true");
}
