namespace Cartulary.Load.Figures;

/// <summary>One measured figure.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The best of the runs.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record Figure(string Name, double Value, string Unit)
{
    /// <summary>The bound from the same run, in the same unit.</summary>
    public double? Bound { get; init; }

    /// <summary>What the figure is a share, or a multiple, of.</summary>
    public double? Ratio => Value / Bound;

    /// <summary>What is aimed at.</summary>
    public string Aim { get; init; } = "";
}
