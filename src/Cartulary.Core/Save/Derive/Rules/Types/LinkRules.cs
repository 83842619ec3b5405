using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>A link: what it leads to is a web address.</summary>
internal sealed class LinkRules : TypeRules
{
    private const string Address = "link";
    private static readonly string[] Schemes = ["http", "https", "ftp", "mailto", "file"];

    public override string TypeName => "Link";

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        if (draft.Asset.Type.Attribute(Address) is { } attribute && draft.Get(attribute) is { } value && value != draft.Before(attribute)
            && !(Uri.TryCreate(value.AsText(), UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme)))
        {
            desk.Report(ErrorCodes.InvalidValue, draft, $"attributes.{Address}", $"invalid value: {value.AsText()} is no address that begins with {string.Join(", ", Schemes)}");
        }
    }
}
