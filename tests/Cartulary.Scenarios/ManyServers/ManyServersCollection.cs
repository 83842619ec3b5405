namespace Cartulary.Scenarios.ManyServers;

/// <summary>Tests with several servers and a PostgreSQL of their own run one after the other, beside the others.</summary>
[CollectionDefinition(Name)]
public sealed class ManyServersCollection
{
    public const string Name = "ManyServers";
}
