using System.Collections.Frozen;
using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>
/// A data domain: its name is its own among the domains beside it. Domains and products below it follow when it moves, and
/// it stays as long as one of them is in use.
/// </summary>
internal sealed class DomainRules : MeshRules
{
    public const string Name = "DataDomain";
    private const string Parent = "parentDomain";
    private const string RootEnding = "/super";

    private static readonly SiblingClaimKind NameKind = SiblingNames.NameKind(ErrorCodes.NameTaken, name => $"{Name} with name {name} already exists");

    public override string TypeName => Name;

    public override FrozenSet<string> Derived => Paths;

    public override ImmutableArray<string> Ends => [Parent];

    public override string ParentEnd => Parent;

    public override string TreeEnd => Parent;

    public override ImmutableArray<string> ChildEnds => ["subDomains", "dataProducts"];

    public override string OwnPart(string qualifiedName)
    {
        var path = qualifiedName.EndsWith(RootEnding, StringComparison.Ordinal) ? qualifiedName[..^RootEnding.Length] : qualifiedName;
        return path[(path.LastIndexOf('/') + 1)..];
    }

    public override string QualifiedName(RuleDesk desk, string ownPart, BatchAsset? parent) =>
        parent is null ? $"default/domain/{ownPart}{RootEnding}" : $"{NameOf(desk, parent)}/domain/{ownPart}";

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        base.Check(desk, draft);
        CheckPlace(desk, draft, Parent, draft.Text("qualifiedName") is { } name && name.EndsWith(RootEnding, StringComparison.Ordinal));
        foreach (var end in ChildEnds)
        {
            CheckChildren(desk, draft, end);
        }
    }

    public override IEnumerable<SiblingClaim> Claims(SiblingView view) =>
        SiblingNames.Claims(view, DerivedKeys.DomainName, view.Partner(Parent)?.ToString("D") ?? "", NameKind);

    private static void CheckChildren(RuleDesk desk, StateDraft draft, string end)
    {
        if (desk.Said(draft.Asset, end).Any() && desk.EntriesAt(draft.Asset, end).Any(entry => (entry.IsOpened || entry.IsClosed) && !SaysItself(desk, draft.Asset, entry)))
        {
            desk.Report(ErrorCodes.BadRequest, draft, $"relationshipAttributes.{end}", $"{end} cannot be changed here: save the {end} with the domain that they belong to");
        }

        if (draft.Asset is { StatusChanges: true, StatusAfter: AssetStatus.Deleted }
            && desk.RecordedAt(draft.Asset, end).Any(entry => desk.Find(entry.Other(draft.Asset.Guid)) is { StatusAfter: AssetStatus.Active }))
        {
            desk.Report(ErrorCodes.OperationNotSupported, draft, end, $"Operation not supported: {Name} {draft.Asset.Guid} has {end} in use");
        }
    }

    /// <summary>Whether the member of an edge says of itself where it belongs.</summary>
    private static bool SaysItself(RuleDesk desk, BatchAsset domain, EdgeEntry entry)
    {
        var member = desk.Find(entry.Other(domain.Guid))!;
        var end = (entry.End1 == domain.Guid ? entry.Relationship.End2 : entry.Relationship.End1).Name;
        return desk.Said(member, end).Any();
    }
}
