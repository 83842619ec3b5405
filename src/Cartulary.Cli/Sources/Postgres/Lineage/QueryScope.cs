namespace Cartulary.Cli.Sources.Postgres.Lineage;

/// <summary>A query and the one around it, whose tables it may refer to.</summary>
/// <param name="Query">The node of the query.</param>
/// <param name="Outer">The query around it, or null for the outermost.</param>
internal sealed record QueryScope(Node Query, QueryScope? Outer)
{
    /// <summary>The query that many levels up.</summary>
    /// <exception cref="FormatException">There are not so many.</exception>
    public QueryScope Up(long levels)
    {
        var scope = this;
        for (; levels > 0; levels--)
        {
            scope = scope.Outer ?? throw new FormatException("A query refers to one around it that is not there.");
        }

        return scope;
    }

    /// <summary>The entry of the range table with that number, from 1.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public Node Entry(long number)
    {
        var table = Query.Items("rtable");
        return number >= 1 && number <= table.Length && table[(int)number - 1] is Node entry
            ? entry
            : throw new FormatException($"The range table has no entry {number}.");
    }
}
