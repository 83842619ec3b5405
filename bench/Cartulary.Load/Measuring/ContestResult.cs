using Cartulary.Load.Driving;

namespace Cartulary.Load.Measuring;

/// <summary>What one kind of server did in a contest.</summary>
/// <param name="Create">Assets created in a second.</param>
/// <param name="Unchanged">Assets saved again in a second.</param>
/// <param name="Changed">The same with one of a hundred changed.</param>
/// <param name="Single">How long one client waits for the save of one asset with one changed attribute.</param>
internal sealed record ContestResult(double Create, double Unchanged, double Changed, Latencies Single);
