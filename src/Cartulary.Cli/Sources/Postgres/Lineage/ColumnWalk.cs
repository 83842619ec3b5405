using System.Runtime.CompilerServices;

namespace Cartulary.Cli.Sources.Postgres.Lineage;

/// <summary>
/// Follows one column of a view down to the columns that it is made of. Nothing is followed twice, so that a tree of any shape
/// is walked in the time that its size asks for, and a recursive query comes to an end.
/// </summary>
internal sealed class ColumnWalk
{
    private const long EveryColumn = 0;

    private readonly HashSet<(Node Place, long Column)> _seen = [];

    /// <summary>The columns found.</summary>
    public HashSet<BaseColumn> Found { get; } = [];

    /// <summary>Follows a column of a query's result.</summary>
    /// <exception cref="FormatException">The tree refers to something that is not in it, or is nested too deeply.</exception>
    public void Output(QueryScope scope, long column)
    {
        if (!_seen.Add((scope.Query, column)))
        {
            return;
        }

        if (scope.Query.Child("setOperations") is { } operations)
        {
            Branches(operations, scope, column);
            return;
        }

        foreach (var target in ViewTree.Targets(scope.Query).Where(target => column == EveryColumn || target.Number("resno") == column))
        {
            AddOrigin(target);
            Expression(target.Child("expr"), scope);
        }
    }

    // PostgreSQL notes where a column that is passed through as it is comes from.
    private void AddOrigin(Node target)
    {
        if (target.Text("resorigtbl") is { } table && uint.TryParse(table, out var relation) && relation > 0)
        {
            Add(relation, target.Number("resorigcol"));
        }
    }

    private void Branches(Node branch, QueryScope scope, long column)
    {
        Deepen();
        if (branch.Name == "RANGETBLREF")
        {
            Entry(scope.Entry(branch.Number("rtindex")), scope, column);
            return;
        }

        foreach (var side in new[] { branch.Child("larg"), branch.Child("rarg") }.OfType<Node>())
        {
            Branches(side, scope, column);
        }
    }

    private void Expression(NodeValue? value, QueryScope scope)
    {
        Deepen();
        switch (value)
        {
            case Node { Name: "VAR" } variable:
                var home = scope.Up(variable.Number("varlevelsup"));
                Entry(home.Entry(variable.Number("varno")), home, variable.Number("varattno"));
                break;
            case Node { Name: "QUERY" } query:
                Output(new(query, scope), EveryColumn);
                break;
            case Node node:
                Each(node.Fields, scope);
                break;
            case NodeList list:
                Each(list.Items, scope);
                break;
        }
    }

    private void Each(IEnumerable<NodeValue> values, QueryScope scope)
    {
        foreach (var value in values.Where(value => value is not NodeWord))
        {
            Expression(value, scope);
        }
    }

    private void Entry(Node entry, QueryScope scope, long column)
    {
        if (!_seen.Add((entry, column)))
        {
            return;
        }

        switch ((EntryKind)entry.Number("rtekind"))
        {
            case EntryKind.Relation:
                Add((uint)entry.Number("relid"), column);
                break;
            case EntryKind.Subquery when entry.Child("subquery") is { } query:
                Output(new(query, scope), column);
                break;
            case EntryKind.CommonTable:
                CommonTable(entry, scope.Up(entry.Number("ctelevelsup")), column);
                break;
            case EntryKind.Join:
                Pick(entry, "joinaliasvars", scope, column);
                break;
            case EntryKind.Group:
                Pick(entry, "groupexprs", scope, column);
                break;
            case EntryKind.Values:
                Each(entry.Items("values_lists").OfType<NodeList>().SelectMany(row => Picked(row.Items, column)), scope);
                break;
            default:
                // The rows of a function may be made of anything that it is given.
                Each([.. entry.Items("functions"), .. entry.Child("tablefunc") is { } function ? [function] : Array.Empty<NodeValue>()], scope);
                break;
        }
    }

    private void CommonTable(Node entry, QueryScope scope, long column)
    {
        var name = entry.Text("ctename");
        var table = scope.Query.Items("cteList").OfType<Node>().FirstOrDefault(table => table.Text("ctename") == name);
        var query = table?.Child("ctequery") ?? throw new FormatException($"There is no common table expression {name}.");
        Output(new(query, scope), column);
    }

    private void Pick(Node entry, string field, QueryScope scope, long column) => Each(Picked(entry.Items(field), column), scope);

    private static IEnumerable<NodeValue> Picked(IReadOnlyList<NodeValue> items, long column) => column switch
    {
        EveryColumn => items,
        > 0 when column <= items.Count => [items[(int)column - 1]],
        _ => throw new FormatException($"There is no column {column}."),
    };

    // A whole row, and a column of the system such as ctid, say nothing about columns.
    private void Add(uint relation, long column)
    {
        if (column is > 0 and <= short.MaxValue)
        {
            Found.Add(new(relation, (short)column));
        }
    }

    private static void Deepen()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new FormatException("The tree is nested too deeply.");
        }
    }

    /// <summary>PostgreSQL's kinds of entries of a range table that matter here, by their numbers.</summary>
    private enum EntryKind
    {
        Relation = 0,
        Subquery = 1,
        Join = 2,
        Values = 5,
        CommonTable = 6,
        Group = 9,
    }
}
