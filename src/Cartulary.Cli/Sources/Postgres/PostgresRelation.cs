namespace Cartulary.Cli.Sources.Postgres;

/// <summary>A table, view or partition.</summary>
internal sealed record PostgresRelation
{
    /// <summary>Its object id.</summary>
    public required uint Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The type of asset that it is.</summary>
    public required string TypeName { get; init; }

    /// <summary>Its comment, or null.</summary>
    public string? Description { get; init; }

    /// <summary>How many columns it has.</summary>
    public required int ColumnCount { get; init; }

    /// <summary>The query of a view, or null.</summary>
    public string? Definition { get; init; }

    /// <summary>By what it is partitioned, or null.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>How many partitions lie directly below it.</summary>
    public int PartitionCount { get; init; }

    /// <summary>Which rows a partition takes, or null.</summary>
    public string? PartitionBound { get; init; }

    /// <summary>The object id of the table at the root of a partition; 0 for anything else.</summary>
    public uint Root { get; init; }

    /// <summary>Where the rows of a foreign table are, or null.</summary>
    public string? ExternalLocation { get; init; }

    /// <summary>The wrapper through which a foreign table is read, or null.</summary>
    public string? ExternalFormat { get; init; }

    /// <summary>The estimated number of rows; null when it was never counted.</summary>
    public long? RowCount { get; init; }

    /// <summary>The size of its pages, as of the last count; null when it was never counted.</summary>
    public long? SizeBytes { get; init; }
}
