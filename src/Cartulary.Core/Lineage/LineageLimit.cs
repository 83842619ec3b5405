namespace Cartulary.Core.Lineage;

/// <summary>What kept a reading of lineage from going on.</summary>
[Flags]
public enum LineageLimit
{
    /// <summary>Nothing did.</summary>
    None = 0,

    /// <summary>There are more assets than one reading visits or shows.</summary>
    Assets = 1,

    /// <summary>There are more edges than one reading looks at or shows.</summary>
    Edges = 2,

    /// <summary>It went as deep as one reading goes, and was asked to go deeper; there may be more.</summary>
    Depth = 4,

    /// <summary>The search for paths took as many steps as one search takes; there may be more.</summary>
    Steps = 8,

    /// <summary>Its time was over. What was found until then depends on the moment, so it is not answered.</summary>
    Time = 16,
}
