using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Types.Changes;

/// <summary>Looks through a catalog for what a change of types must not find.</summary>
internal static class TypeUseSearch
{
    private const int PageSize = 1_000;

    /// <summary>The problems of those uses that there are. Values are looked for in every asset and its edges, so that may take a while.</summary>
    public static async ValueTask<ImmutableArray<Problem>> FindAsync(IReadSession session, ImmutableArray<TypeUse> uses, CancellationToken cancellationToken)
    {
        if (uses.IsEmpty)
        {
            return [];
        }

        var types = uses.OfType<TypeUse.OfType>().ToList();
        var inUse = types.Count == 0 ? [] : await session.TypesInUseAsync([.. types.Select(use => use.TypeId).Distinct()], cancellationToken);
        var found = types.Where(use => inUse.Contains(use.TypeId)).Select(use => use.Problem).ToList();
        var tags = types.Where(use => !inUse.Contains(use.TypeId)).ToList();
        var values = uses.OfType<TypeUse.OfAttributes>().Where(use => !use.AttributeIds.IsEmpty).ToList();
        var after = new AssetId(0);
        while (values.Count > 0 || tags.Count > 0)
        {
            var page = await session.ScanAsync(after, PageSize, cancellationToken);
            if (page.IsEmpty)
            {
                break;
            }

            after = page[^1].Id;
            var edges = await session.EdgesOfAsync([.. page.Select(asset => asset.Id)], cancellationToken);
            var states = page.Select(asset => asset.State).Concat(edges.Select(edge => edge.Attributes).OfType<AssetState>()).ToList();
            foreach (var use in values.Where(use => states.Exists(state => Holds(state, use))).ToList())
            {
                found.Add(use.Problem);
                values.Remove(use);
            }

            foreach (var use in tags.Where(use => states.Exists(state => state.Tags.Any(tag => tag.TypeId == use.TypeId))).ToList())
            {
                found.Add(use.Problem);
                tags.Remove(use);
            }
        }

        return [.. found];
    }

    private static bool Holds(AssetState state, TypeUse.OfAttributes use) =>
        state.Attributes.Concat(state.CustomMetadata).Concat(state.Tags.SelectMany(tag => tag.Attributes)).Any(attribute => use.AttributeIds.Contains(attribute.AttributeId) && (use.Texts is null || HoldsText(attribute.Value, use.Texts)));

    private static bool HoldsText(CanonicalValue value, ImmutableHashSet<string> texts)
    {
        var reader = new CanonicalReader(value.Span);
        return HoldsText(ref reader, texts);
    }

    private static bool HoldsText(ref CanonicalReader reader, ImmutableHashSet<string> texts)
    {
        switch (reader.Tag)
        {
            case CanonicalTag.String:
                return texts.Contains(reader.ReadText());
            case CanonicalTag.Array:
                reader.ReadByte();
                return AnyHolds(ref reader, reader.ReadCount(), texts);
            case CanonicalTag.Map:
                reader.ReadByte();
                return AnyHolds(ref reader, reader.ReadCount() * 2, texts);
            case CanonicalTag.Struct:
                reader.ReadByte();
                reader.ReadNumber();
                return AnyMemberHolds(ref reader, reader.ReadCount(), texts);
            default:
                reader.ReadValue();
                return false;
        }
    }

    private static bool AnyHolds(ref CanonicalReader reader, int count, ImmutableHashSet<string> texts)
    {
        var holds = false;
        for (var i = 0; i < count; i++)
        {
            holds |= HoldsText(ref reader, texts);
        }

        return holds;
    }

    private static bool AnyMemberHolds(ref CanonicalReader reader, int count, ImmutableHashSet<string> texts)
    {
        var holds = false;
        for (var i = 0; i < count; i++)
        {
            reader.ReadNumber();
            holds |= HoldsText(ref reader, texts);
        }

        return holds;
    }
}
