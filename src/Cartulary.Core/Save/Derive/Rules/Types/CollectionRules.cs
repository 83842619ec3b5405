using System.Collections.Frozen;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>A collection of queries and folders: it always has an administrator.</summary>
internal sealed class CollectionRules : NamedTypeRules
{
    private const string Name = "Collection";

    public override string TypeName => Name;

    public override FrozenSet<string> Derived => ServerNames.QualifiedNameOnly;

    public override string NewOwnPart(RuleDesk desk) => $"{desk.Scope.Context.Actor}/{base.NewOwnPart(desk)}";

    public override string OwnPart(string qualifiedName) => QueryPath.OwnPart(qualifiedName);

    public override string QualifiedName(RuleDesk desk, string ownPart, BatchAsset? parent) => $"default/collection/{ownPart}";

    public override FrozenSet<string> Weighed => Administrators.Lists;

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        Administrators.CheckSome(desk, draft);
        Administrators.AddCaller(desk, draft);
    }
}
