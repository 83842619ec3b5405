using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Record;

/// <summary>Gives each asset that a plan speaks of its place.</summary>
internal sealed class SubjectTable(Func<BatchAsset, string> qualifiedName)
{
    private readonly Dictionary<BatchAsset, int> _places = [];
    private readonly ImmutableArray<PlanSubject>.Builder _subjects = ImmutableArray.CreateBuilder<PlanSubject>();

    public ImmutableArray<PlanSubject> All => _subjects.ToImmutable();

    public int PlaceOf(BatchAsset asset)
    {
        if (!_places.TryGetValue(asset, out var place))
        {
            place = _subjects.Count;
            _places.Add(asset, place);
            _subjects.Add(new PlanSubject(asset.IsNew ? default(AssetId) : asset.Id, asset.Guid, asset.Type.Id, qualifiedName(asset)));
        }

        return place;
    }
}
