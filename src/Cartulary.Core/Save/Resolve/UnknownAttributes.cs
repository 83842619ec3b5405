using System.Diagnostics.Metrics;

namespace Cartulary.Core.Save.Resolve;

/// <summary>Counts the attributes that were passed over because their type does not have them: a misspelling shows here first.</summary>
internal static class UnknownAttributes
{
    private static readonly Meter Meter = new("Cartulary.Core");

    private static readonly Counter<long> Counter =
        Meter.CreateCounter<long>("cartulary.unknown_attributes", "{attribute}", "Attributes in saves that were passed over because their type does not have them");

    public static void ShowZero() => Counter.Add(0);

    public static void Add(int count)
    {
        if (count > 0)
        {
            Counter.Add(count);
        }
    }
}
