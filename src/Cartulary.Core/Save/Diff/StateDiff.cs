using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;

namespace Cartulary.Core.Save.Diff;

/// <summary>Compares two states over everything they hold, so that no attribute can be forgotten.</summary>
internal static class StateDiff
{
    private static readonly IReadOnlySet<int> NotStamped = ImmutableHashSet<int>.Empty;

    /// <summary>The attributes that differ, by number; stamped ones count as different, since only the commit knows their date.</summary>
    public static ImmutableArray<AttributeChange> Attributes(AssetState before, AssetState after, IReadOnlySet<int> stamped) =>
        Values(before.Attributes, after.Attributes, stamped);

    /// <summary>The attributes of custom metadata that differ, by number.</summary>
    public static ImmutableArray<AttributeChange> CustomMetadata(AssetState before, AssetState after) =>
        Values(before.CustomMetadata, after.CustomMetadata, NotStamped);

    /// <summary>The tags that differ, by key.</summary>
    public static ImmutableArray<TagChange> Tags(AssetState before, AssetState after)
    {
        var (left, right) = (before.Tags, after.Tags);
        if (left.AsSpan().SequenceEqual(right.AsSpan()))
        {
            return [];
        }

        var old = left.ToDictionary(tag => tag.Key);
        var current = right.ToDictionary(tag => tag.Key);
        return
        [
            .. old.Keys.Union(current.Keys).Order()
                .Select(key => new TagChange(old.GetValueOrDefault(key), current.GetValueOrDefault(key)))
                .Where(change => change.Before != change.After),
        ];
    }

    private static ImmutableArray<AttributeChange> Values(ImmutableArray<AttributeValue> left, ImmutableArray<AttributeValue> right, IReadOnlySet<int> stamped)
    {
        if (left.IsEmpty && right.IsEmpty)
        {
            return [];
        }

        var changes = ImmutableArray.CreateBuilder<AttributeChange>();
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
