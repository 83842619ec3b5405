using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Save.Read;

/// <summary>What came of reading a body.</summary>
public abstract record ReadOutcome
{
    private ReadOutcome()
    {
    }

    /// <summary>It was understood.</summary>
    /// <param name="Request">The request.</param>
    public sealed record Understood(SaveRequest Request) : ReadOutcome;

    /// <summary>It was not.</summary>
    /// <param name="Problems">All that is wrong with it.</param>
    public sealed record Refused(ImmutableArray<Problem> Problems) : ReadOutcome;
}
