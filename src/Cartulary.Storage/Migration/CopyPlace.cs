namespace Cartulary.Storage.Migration;

/// <summary>How far a copy has come.</summary>
/// <param name="Table">How many tables are there; one more when the head is set.</param>
/// <param name="Rows">How many rows of the next table are there.</param>
internal readonly record struct CopyPlace(int Table, long Rows)
{
    /// <summary>Whether all rows are there, but not yet the head.</summary>
    public bool HasAllRows => Table >= CopyTables.InOrder.Length;

    /// <summary>Whether the head is there too.</summary>
    public bool HasHead => Table > CopyTables.InOrder.Length;
}
