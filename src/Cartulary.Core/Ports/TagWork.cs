using Cartulary.Core.Assets;

namespace Cartulary.Core.Ports;

/// <summary>A place where tags are still to be passed on, because a save would have had to look at too much for it.</summary>
/// <param name="Id">Names the place; later ones have higher ids.</param>
/// <param name="Key">The tag.</param>
/// <param name="Asset">The asset to look at.</param>
/// <param name="Kind">What to look for.</param>
/// <param name="Actor">Who made the save from which it follows.</param>
public sealed record TagWork(TagWorkId Id, TagKey Key, Guid Asset, TagWorkKind Kind, string Actor);

/// <summary>Names a <see cref="TagWork"/>: ordered by its commit, then by its place in it.</summary>
/// <param name="Commit">The commit that wrote it.</param>
/// <param name="Index">Its place in the commit.</param>
public readonly record struct TagWorkId(CommitNumber Commit, int Index)
{
    /// <summary>After everything that commits up to and with one have written.</summary>
    public static TagWorkId After(CommitNumber commit) => new(commit, int.MaxValue);
}

/// <summary>What there is to look for.</summary>
public enum TagWorkKind
{
    /// <summary>A save has changed something there: whether the asset has the tag rightly, and those it leads to.</summary>
    Look = 0,

    /// <summary>The asset has got the tag: those it leads to.</summary>
    PassOn = 1,

    /// <summary>The asset has lost the tag: the same as <see cref="Look"/>, but it was not a save that changed something.</summary>
    LookAgain = 2,
}

/// <summary>A <see cref="TagWork"/> that a plan writes.</summary>
/// <param name="Asset">The asset to look at.</param>
/// <param name="Key">The tag.</param>
/// <param name="Kind">What to look for.</param>
public sealed record TagWorkInsert(Guid Asset, TagKey Key, TagWorkKind Kind);
