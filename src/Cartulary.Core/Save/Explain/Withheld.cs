using System.Collections.Immutable;

namespace Cartulary.Core.Save.Explain;

/// <summary>
/// What a part of a request is not judged by: assets of which the rest, which is not looked at, might say something. What would only follow
/// from their being as they are stored is no problem.
/// </summary>
/// <param name="assets">Stored assets that the rest means or refers to.</param>
/// <param name="isAnyPart">Whether the rest may refer to others too, because it could not be understood.</param>
internal sealed class Withheld(IReadOnlySet<Guid> assets, bool isAnyPart)
{
    /// <summary>Nothing is withheld: the whole request is looked at.</summary>
    public static readonly Withheld Nothing = new(ImmutableHashSet<Guid>.Empty, isAnyPart: false);

    /// <summary>Whether an asset might be changed.</summary>
    public bool Holds(Guid asset) => assets.Contains(asset);

    /// <summary>Whether an asset might get another owner.</summary>
    public bool HoldsPart(Guid part) => isAnyPart || assets.Contains(part);
}
