using System.Collections.Frozen;
using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>Any asset: it may belong to one data domain, which has to be in use.</summary>
internal sealed class AssetRules : TypeRules
{
    private const string Domains = "domainGUIDs";
    private static readonly FrozenSet<string> Flag = FrozenSet.Create(StringComparer.Ordinal, LineageFlags.Flag);

    public override string TypeName => "Asset";

    public override FrozenSet<string> Derived => Flag;

    public override IEnumerable<Guid> Mentions(StateDraft draft) =>
        NewDomains(draft).Select(text => Guid.TryParse(text, CultureInfo.InvariantCulture, out var guid) ? guid : (Guid?)null).OfType<Guid>();

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        var domains = NewDomains(draft).ToList();
        if (domains.Count > 1)
        {
            desk.Report(ErrorCodes.BadRequest, draft, $"attributes.{Domains}", $"an asset belongs to one domain at most, not to {domains.Count}");
        }

        foreach (var text in domains)
        {
            var domain = Guid.TryParse(text, CultureInfo.InvariantCulture, out var guid) ? desk.Find(guid) : null;
            if (domain is not null && desk.Scope.Withheld.Holds(domain.Guid))
            {
                continue;
            }

            if (domain is not { StatusAfter: AssetStatus.Active } || !domain.Type.Is(DomainRules.Name))
            {
                desk.Report(ErrorCodes.BadRequest, draft, $"attributes.{Domains}", $"{text} is no {DomainRules.Name} in use");
            }
        }
    }

    private static IEnumerable<string> NewDomains(StateDraft draft)
    {
        if (draft.Asset.Type.Attribute(Domains) is not { Type: ArrayType } attribute || draft.Get(attribute) is not { } value || value == draft.Before(attribute))
        {
            return [];
        }

        return TextList.Read(value);
    }
}
