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
    public static KeyMatch? Choose(IEnumerable<KeyMatch> matches, EntityType type, out int candidates) =>
        Choose(matches, type, match => match.TypeId, match => match.Status, out candidates);

    /// <summary>The same among others that hold the key, each with the number of its type and its status.</summary>
    public static T? Choose<T>(IEnumerable<T> holders, EntityType type, Func<T, int> typeOf, Func<T, AssetStatus> statusOf, out int candidates)
        where T : struct
    {
        ImmutableArray<T> family = [.. holders.Where(holder => typeOf(holder) == type.Id || type.SubTypeIds.Contains(typeOf(holder)))];
        foreach (var group in new[]
        {
            family.Where(holder => typeOf(holder) == type.Id),
            family.Where(holder => statusOf(holder) == AssetStatus.Active),
            family.Where(holder => statusOf(holder) == AssetStatus.Deleted),
        })
        {
            ImmutableArray<T> found = [.. group];
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
