using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>What came of a request for types.</summary>
public abstract record TypeChangeOutcome
{
    private TypeChangeOutcome()
    {
    }

    /// <summary>The definitions are as asked for.</summary>
    /// <param name="Registry">The types as they are now.</param>
    /// <param name="Names">The names of the definitions that the request is about, in its order.</param>
    public sealed record Done(TypeRegistry Registry, ImmutableArray<string> Names) : TypeChangeOutcome;

    /// <summary>Nothing is changed.</summary>
    /// <param name="Problems">All that is wrong with the request.</param>
    public sealed record Refused(ImmutableArray<Problem> Problems) : TypeChangeOutcome;
}
