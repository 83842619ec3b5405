using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;

namespace Cartulary.Core.Save.Diff;

/// <summary>Compares two states over everything they hold, so that no attribute can be forgotten.</summary>
internal static class StateDiff
{
    /// <summary>The attributes that differ, by number; stamped ones count as different, since only the commit knows their date.</summary>
    public static ImmutableArray<AttributeChange> Attributes(AssetState before, AssetState after, IReadOnlySet<int> stamped)
    {
        var changes = ImmutableArray.CreateBuilder<AttributeChange>();
        var (left, right) = (before.Attributes, after.Attributes);
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            var leftId = i < left.Length ? left[i].AttributeId : int.MaxValue;
            var rightId = j < right.Length ? right[j].AttributeId : int.MaxValue;
            if (leftId < rightId)
            {
                changes.Add(new AttributeChange(leftId, left[i++].Value, null));
            }
            else if (rightId < leftId)
            {
                changes.Add(new AttributeChange(rightId, null, right[j++].Value));
            }
            else
            {
                if (left[i].Value != right[j].Value || stamped.Contains(leftId))
                {
                    changes.Add(new AttributeChange(leftId, left[i].Value, right[j].Value));
                }

                i++;
                j++;
            }
        }

        return changes.ToImmutable();
    }
}
