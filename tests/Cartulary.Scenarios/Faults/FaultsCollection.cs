namespace Cartulary.Scenarios.Faults;

/// <summary>Tests that put a server under load run alone, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultsCollection
{
    public const string Name = "Faults";
}
