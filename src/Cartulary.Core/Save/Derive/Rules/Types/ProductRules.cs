using System.Collections.Frozen;
using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>
/// A data product: it belongs to a domain, its name is its own there, and it lists the assets at its ports. Archived, it
/// does not change.
/// </summary>
internal sealed class ProductRules : MeshRules
{
    private const string Name = "DataProduct";
    private const string Domain = "dataDomain";
    private const string LineageStatus = "daapLineageStatus";

    private static readonly ImmutableArray<(string End, string Attribute)> Ports = [("outputPorts", "daapOutputPortGuids"), ("inputPorts", "daapInputPortGuids")];

    private static readonly FrozenSet<string> Decided = Paths.Concat(Ports.Select(port => port.Attribute)).ToFrozenSet(StringComparer.Ordinal);

    private static readonly SiblingClaimKind NameKind = SiblingNames.NameKind(ErrorCodes.NameTaken, name => $"{Name} with name {name} already exists");

    public override string TypeName => Name;

    public override FrozenSet<string> Derived => Decided;

    public override ImmutableArray<string> Ends => [Domain];

    public override ImmutableArray<string> Lists => [.. Ports.Select(port => port.End)];

    public override string ParentEnd => Domain;

    public override string OwnPart(string qualifiedName) => qualifiedName[(qualifiedName.LastIndexOf('/') + 1)..];

    public override string QualifiedName(RuleDesk desk, string ownPart, BatchAsset? parent) => $"{(parent is null ? "" : NameOf(desk, parent))}/product/{ownPart}";

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        base.Check(desk, draft);
        if (draft.Asset.IsNew)
        {
            RuleDesk.Set(draft, LineageStatus, "Pending");
        }

        CheckPlace(desk, draft, Domain, mayStandAlone: false);
        if (desk.PartnerAt(draft.Asset, Domain) is null && (draft.Asset.IsNew || desk.PartnerChanges(draft.Asset, Domain)))
        {
            desk.Report(ErrorCodes.InvalidAttributes, draft, $"attributes.{Domain}", $"{Name}.{Domain}: mandatory attribute value missing in type {Name}");
        }
    }

    public override void Finish(RuleDesk desk, StateDraft draft)
    {
        foreach (var (end, attribute) in Ports.Where(port => desk.EntriesAt(draft.Asset, port.End).Any()))
        {
            if (draft.Asset.StatusAfter == AssetStatus.Active && draft.Asset.Type.Attribute(attribute) is { } guids)
            {
                draft.Set(guids, TextList.Of(LivePartners(desk, draft.Asset, end).Select(guid => guid.ToString("D"))));
            }
        }

        if (draft.Asset is { StatusBefore: AssetStatus.Deleted, StatusAfter: AssetStatus.Deleted, Order: not null } && Differs(desk, draft))
        {
            desk.Report(ErrorCodes.OperationNotSupported, draft, "status", $"Operation not supported: {Name} {draft.Asset.Guid} is archived and cannot be changed");
        }
    }

    public override IEnumerable<SiblingClaim> Claims(SiblingView view) =>
        SiblingNames.Claims(view, DerivedKeys.ProductName, view.Partner(Domain)?.ToString("D"), NameKind);

    private static IEnumerable<Guid> LivePartners(RuleDesk desk, BatchAsset product, string end) =>
        desk.RecordedAt(product, end).Select(entry => entry.Other(product.Guid)).Where(guid => desk.Find(guid) is { StatusAfter: AssetStatus.Active });

    private static bool Differs(RuleDesk desk, StateDraft draft) =>
        draft.IsChanged || draft.Asset.Type.Ends.Any(end => desk.Batch.Edges.At(end, draft.Asset.Guid).Any(entry => (entry.IsOpened || entry.IsClosed || entry.AttributesChange) && desk.Speaks(entry)));
}
