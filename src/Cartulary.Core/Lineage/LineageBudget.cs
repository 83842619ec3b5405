namespace Cartulary.Core.Lineage;

/// <summary>What is left of the bounds while lineage is read, and which of them were reached.</summary>
internal sealed class LineageBudget(int assets, int edges, TimeSpan time, TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    /// <summary>How many assets may still be visited.</summary>
    public int Assets { get; private set; } = assets;

    /// <summary>How many edges may still be looked at.</summary>
    public int Edges { get; private set; } = edges;

    /// <summary>The bounds that were reached.</summary>
    public LineageLimit Reached { get; private set; }

    /// <summary>Notes that a bound was reached.</summary>
    public void Reach(LineageLimit limit) => Reached |= limit;

    /// <summary>Whether the time is over, which is noted.</summary>
    public bool IsOver()
    {
        if (clock.GetElapsedTime(_start) >= time)
        {
            Reach(LineageLimit.Time);
        }

        return Reached.HasFlag(LineageLimit.Time);
    }

    /// <summary>Takes edges that were looked at; false, and noted, when there are not so many left.</summary>
    public bool TryTakeEdges(int count)
    {
        if (count > Edges)
        {
            Reach(LineageLimit.Edges);
            return false;
        }

        Edges -= count;
        return true;
    }

    /// <summary>Takes as many of so many assets as are left; that they are not all is noted.</summary>
    public int TakeAssets(int count)
    {
        if (count > Assets)
        {
            Reach(LineageLimit.Assets);
        }

        var taken = Math.Min(count, Assets);
        Assets -= taken;
        return taken;
    }
}
