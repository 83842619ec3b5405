using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Import;

/// <summary>What came of importing some lines of an export.</summary>
public abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <summary>They are in the catalog, in one commit, or were before.</summary>
    /// <param name="Changed">How many assets were created or archived now, or would be.</param>
    /// <param name="Unchanged">How many were there as they are in the file.</param>
    public sealed record Done(int Changed, int Unchanged) : ImportOutcome;

    /// <summary>None of them were taken.</summary>
    /// <param name="Problems">What is wrong.</param>
    public sealed record Refused(ImmutableArray<Problem> Problems) : ImportOutcome
    {
        /// <summary>How many problems there are beside those listed.</summary>
        public int Omitted { get; init; }
    }
}
