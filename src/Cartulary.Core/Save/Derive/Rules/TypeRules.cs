using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>What one type, with all its subtypes, adds to a save. A file for each type; <see cref="RuleBook"/> lists them.</summary>
internal abstract class TypeRules
{
    /// <summary>The type.</summary>
    public abstract string TypeName { get; }

    /// <summary>Attributes that the server alone decides: what a payload says of them is passed over.</summary>
    public virtual FrozenSet<string> Derived => [];

    /// <summary>Relationship attributes that have to be known of each asset in the save; an asset takes part when one of their edges comes or goes.</summary>
    public virtual ImmutableArray<string> Ends => [];

    /// <summary>Relationship attributes whose whole list has to be known when any member comes, goes, or changes its status.</summary>
    public virtual ImmutableArray<string> Lists => [];

    /// <summary>Attributes that are weighed against each other: without one of them the others cannot be judged.</summary>
    public virtual FrozenSet<string> Weighed => [];

    /// <summary>The guids that an asset's attributes name, to be looked up before the checks.</summary>
    public virtual IEnumerable<Guid> Mentions(StateDraft draft) => [];

    /// <summary>Checks and completes what is said of an asset, before any name is made.</summary>
    public virtual void Check(RuleDesk desk, StateDraft draft)
    {
    }

    /// <summary>Checks and completes an asset when all names and edges are as they will be.</summary>
    public virtual void Finish(RuleDesk desk, StateDraft draft)
    {
    }
}
