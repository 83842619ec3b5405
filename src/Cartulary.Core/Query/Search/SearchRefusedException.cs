using Cartulary.Core.Errors;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// A search asks for more than one search may do, which only shows while it runs: more buckets than the limit, or a pattern that
/// is too complex. The client can change that.
/// </summary>
/// <param name="problem">What it is.</param>
public sealed class SearchRefusedException(Problem problem) : Exception(problem.Message)
{
    /// <summary>What it is.</summary>
    public Problem Problem { get; } = problem;
}
