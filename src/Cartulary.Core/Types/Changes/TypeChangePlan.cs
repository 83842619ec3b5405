using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>What a request for types comes to, given the types that there are.</summary>
/// <param name="Problems">All that is wrong with it.</param>
/// <param name="Names">The names of the definitions that it is about, in its order.</param>
/// <param name="Writes">The definitions to write; those that are what they were are left out.</param>
/// <param name="Uses">What must not be stored for that.</param>
internal sealed record TypeChangePlan(ImmutableArray<Problem> Problems, ImmutableArray<string> Names, ImmutableArray<StoredType> Writes, ImmutableArray<TypeUse> Uses)
{
    /// <summary>A plan that must not be followed.</summary>
    public static TypeChangePlan Refused(ImmutableArray<Problem> problems) => new(problems, [], [], []);
}
