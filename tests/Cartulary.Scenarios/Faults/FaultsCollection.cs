namespace Cartulary.Scenarios.Faults;

/// <summary>Tests that break a server under load run one after the other, beside the others.</summary>
[CollectionDefinition(Name)]
public sealed class FaultsCollection
{
    public const string Name = "Faults";
}
