namespace Cartulary.Storage.Migration;

/// <summary>A table that is carried, row by row, in an order that is the same every time.</summary>
/// <param name="Name">Its name in the target.</param>
/// <param name="Source">Where the rows are in the source.</param>
/// <param name="OrderBy">The columns of its key in the source.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record CopyTable(string Name, string Source, string OrderBy, params IReadOnlyList<CopyColumn> Columns)
{
    /// <summary>Gives the rows of the source, but for so many that come first.</summary>
    public string Select { get; } = $"SELECT {string.Join(", ", Columns.Select(column => column.Source))} FROM {Source} ORDER BY {OrderBy} LIMIT -1 OFFSET ?1";

    /// <summary>Takes rows in.</summary>
    public string Copy { get; } = $"COPY {Name} ({string.Join(", ", Columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)";

    /// <summary>Counts the rows of the target.</summary>
    public string Count { get; } = $"SELECT count(*) FROM {Name}";

    /// <summary>Counts the rows of the source.</summary>
    public string CountSource { get; } = $"SELECT count(*) FROM {Source}";
}
