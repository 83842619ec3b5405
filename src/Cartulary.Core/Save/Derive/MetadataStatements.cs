using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Save.Normalize;

namespace Cartulary.Core.Save.Derive;

/// <summary>Applies what a request says of custom metadata, in payload order, so that the last statement wins.</summary>
internal static class MetadataStatements
{
    public static void Apply(StateDraft draft, ImmutableArray<NormalizedMetadata> said)
    {
        if (said.IsEmpty)
        {
            return;
        }

        var values = draft.StateBefore.CustomMetadata.ToDictionary(value => value.AttributeId, value => value.Value);
        foreach (var statement in said)
        {
            if (statement.ClearsAll)
            {
                values.Clear();
            }

            foreach (var attribute in statement.ClearedSets.SelectMany(set => set.Attributes))
            {
                values.Remove(attribute.Id);
            }

            foreach (var (attribute, value) in statement.Values)
            {
                if (value is { } present)
                {
                    values[attribute.Id] = present;
                }
                else
                {
                    values.Remove(attribute.Id);
                }
            }
        }

        draft.CustomMetadata = [.. values.OrderBy(value => value.Key).Select(value => new AttributeValue(value.Key, value.Value))];
    }
}
