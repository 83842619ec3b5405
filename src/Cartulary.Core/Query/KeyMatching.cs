using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Which of the assets that hold a key is meant when a type is named.</summary>
internal static class KeyMatching
{
    /// <summary>
    /// The asset of exactly the type; else the only one in use among its subtypes; else the only archived one. Null when
    /// there is none, or more than one remains: <paramref name="candidates"/> tells which.
    /// </summary>
    public static KeyMatch? Choose(IEnumerable<KeyMatch> matches, EntityType type, out int candidates)
    {
        ImmutableArray<KeyMatch> family = [.. matches.Where(match => match.TypeId == type.Id || type.SubTypeIds.Contains(match.TypeId))];
        foreach (var group in new[]
        {
            family.Where(match => match.TypeId == type.Id),
            family.Where(match => match.Status == AssetStatus.Active),
            family.Where(match => match.Status == AssetStatus.Deleted),
        })
        {
            ImmutableArray<KeyMatch> found = [.. group];
            if (!found.IsEmpty)
            {
                candidates = found.Length;
                return found.Length == 1 ? found[0] : null;
            }
        }

        candidates = 0;
        return null;
    }
}
