using System.Collections.Immutable;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>
/// A type whose qualified names the server makes, out of a part of the asset's own and the name of the asset that it
/// belongs to. The own part is kept for life; the rest follows when the asset moves.
/// </summary>
internal abstract class NamedTypeRules : TypeRules
{
    /// <summary>The relationship attribute at which the asset stands that the qualified name is built on; null when it is built on none.</summary>
    public virtual string? ParentEnd => null;

    /// <summary>The relationship attribute that makes a tree of assets, in which none may stand above itself; null when there is none.</summary>
    public virtual string? TreeEnd => null;

    /// <summary>Relationship attributes whose partners follow when the qualified name changes.</summary>
    public virtual ImmutableArray<string> ChildEnds => [];

    /// <summary>The own part of a new asset's qualified name.</summary>
    public virtual string NewOwnPart(RuleDesk desk) => desk.Scope.Ids.NewName();

    /// <summary>The own part of a qualified name.</summary>
    public abstract string OwnPart(string qualifiedName);

    /// <summary>The qualified name of an asset.</summary>
    public abstract string QualifiedName(RuleDesk desk, string ownPart, BatchAsset? parent);

    /// <summary>Sets what else follows from the asset that this one belongs to.</summary>
    public virtual void FollowParent(RuleDesk desk, StateDraft draft, BatchAsset? parent)
    {
    }

    /// <summary>Lets a partner at one of <see cref="ChildEnds"/> follow an asset whose qualified name changes.</summary>
    public virtual void Carry(RuleDesk desk, BatchAsset mover, BatchAsset child)
    {
    }

    /// <summary>Parts from what cannot follow, or refuses what is said of it, when all that follows has followed.</summary>
    public virtual void Settle(RuleDesk desk, StateDraft draft)
    {
    }

    /// <summary>What the asset holds alone among its siblings, as recorded before the save or after it.</summary>
    public virtual IEnumerable<SiblingClaim> Claims(SiblingView view) => [];
}

/// <summary>Something that one asset in use may hold among its siblings.</summary>
/// <param name="Key">The derived key that stands for it.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct SiblingClaim(AssetKey Key, SiblingClaimKind Kind);
