namespace Cartulary.Core.Types;

/// <summary>Along which direction of a relationship tags travel.</summary>
public enum TagPropagation
{
    /// <summary>Tags do not travel.</summary>
    None,

    /// <summary>From end 1 to end 2.</summary>
    OneToTwo,

    /// <summary>From end 2 to end 1.</summary>
    TwoToOne,

    /// <summary>Both ways.</summary>
    Both,
}
