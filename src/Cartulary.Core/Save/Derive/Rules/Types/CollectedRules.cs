using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>What stands in a collection, in it or in one of its folders: its qualified name is built on the collection's.</summary>
internal abstract class CollectedRules(string kind) : NamedTypeRules
{
    private const string Parent = "parent";
    private const string ParentName = "parentQualifiedName";
    private const string CollectionName = "collectionQualifiedName";

    private static readonly FrozenSet<string> Decided = FrozenSet.Create(StringComparer.Ordinal, "qualifiedName", ParentName, CollectionName);

    public override FrozenSet<string> Derived => Decided;

    public override ImmutableArray<string> Ends => [Parent];

    public override string ParentEnd => Parent;

    public override string NewOwnPart(RuleDesk desk) => $"{desk.Scope.Context.Actor}/{base.NewOwnPart(desk)}";

    public override string OwnPart(string qualifiedName) => QueryPath.OwnPart(qualifiedName);

    public override string QualifiedName(RuleDesk desk, string ownPart, BatchAsset? parent) => $"{CollectionOf(desk, parent)}/{kind}/{ownPart}";

    public override void FollowParent(RuleDesk desk, StateDraft draft, BatchAsset? parent)
    {
        RuleDesk.Set(draft, ParentName, parent is null ? null : desk.TextOf(parent, "qualifiedName"));
        RuleDesk.Set(draft, CollectionName, CollectionOf(desk, parent));
    }

    private static string? CollectionOf(RuleDesk desk, BatchAsset? parent) =>
        parent is null ? null : desk.TextOf(parent, parent.Type.Attribute(CollectionName) is null ? "qualifiedName" : CollectionName);
}
