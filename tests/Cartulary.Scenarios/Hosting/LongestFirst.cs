using Cartulary.Scenarios.Docs;
using Cartulary.Scenarios.Faults;
using Cartulary.Scenarios.Hosting;
using Cartulary.Scenarios.Kafka;
using Cartulary.Scenarios.ManyServers;
using Xunit.Sdk;
using Xunit.v3;

// Faults are mostly waited for, so more of them than there are processors fit beside each other and beside the scenarios.
[assembly: Parallelization(MaxThreads = 3)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Cartulary.Scenarios.Hosting;

/// <summary>Begins with the collections that take the longest, so that the run does not end with one of them alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [ManyServersCollection.Name, FaultsCollection.Name, KafkaCollection.Name, nameof(PageTests)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    private static int Place(string name) => Array.FindIndex(Longest, name.Contains) is >= 0 and var place ? place : Longest.Length;
}
