namespace Cartulary.Core.Save.Derive.Rules.Types;

/// <summary>A query of a collection.</summary>
internal sealed class QueryRules() : CollectedRules("query")
{
    public override string TypeName => "Query";
}
