namespace Cartulary.Cli.Sources.Postgres;

/// <summary>A column of a table or view.</summary>
internal sealed record PostgresColumn
{
    /// <summary>The object id of its table or view.</summary>
    public required uint Relation { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its number, which stays when a column before it is dropped.</summary>
    public required int Number { get; init; }

    /// <summary>Its type as PostgreSQL prints it.</summary>
    public required string DataType { get; init; }

    /// <summary>The longest text or bit string, or null.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The digits of a number, or null.</summary>
    public int? Precision { get; init; }

    /// <summary>The digits behind the point, or null.</summary>
    public int? Scale { get; init; }

    /// <summary>Whether it takes NULL.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>The expression of its default, how it is generated, or null.</summary>
    public string? DefaultValue { get; init; }

    /// <summary>Its comment, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is part of the primary key.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>Whether it is part of a foreign key.</summary>
    public required bool IsForeign { get; init; }

    /// <summary>Whether an index is ordered by it.</summary>
    public required bool IsIndexed { get; init; }

    /// <summary>Its place in the key by which the table is partitioned, from 1; null when it is not in it.</summary>
    public int? PartitionOrder { get; init; }
}
