using System.Collections.Frozen;

namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>A connection: it always has an administrator.</summary>
internal sealed class ConnectionRules : TypeRules
{
    public override string TypeName => "Connection";

    public override FrozenSet<string> Weighed => Administrators.Lists;

    public override void Check(RuleDesk desk, StateDraft draft)
    {
        Administrators.CheckSome(desk, draft);
        Administrators.AddCaller(desk, draft);
    }
}
