using System.Collections.Immutable;

namespace Cartulary.Core.Save.Read;

/// <summary>Which versions of an asset a client takes for the present one; another one means that somebody else was faster.</summary>
/// <param name="Versions">The versions; zero stands for an asset that does not exist.</param>
/// <param name="AnyPresent">Whether any version will do, as long as the asset exists.</param>
public sealed record VersionCondition(ImmutableArray<long> Versions, bool AnyPresent)
{
    /// <summary>One version; zero for an asset that must not exist.</summary>
    public static VersionCondition Exactly(long version) => new([version], AnyPresent: false);

    /// <summary>Whether a version will do; zero for an asset that does not exist.</summary>
    public bool Allows(long version) => Versions.Contains(version) || (AnyPresent && version > 0);
}
