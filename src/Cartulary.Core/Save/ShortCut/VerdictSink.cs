using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save.ShortCut;

/// <summary>
/// Listens while a request is planned, and tells which of its members changed nothing, each taken by itself. A member of which
/// this could only be said because of another member is left out.
/// </summary>
internal sealed class VerdictSink
{
    private readonly List<Listing> _listings = [];
    private readonly Dictionary<RequestAsset, Listing> _byRequest = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<BatchAsset, int> _listed = [];

    /// <summary>The verdicts, by the place of the member among those that the request lists.</summary>
    public List<(int Place, Verdict Verdict)> Verdicts { get; } = [];

    /// <summary>A member of the request, the asset it means and the names it gives it.</summary>
    public void Lists(RequestAsset request, BatchAsset? asset, ImmutableArray<AssetKey> keys)
    {
        var listing = new Listing(asset);
        _listings.Add(listing);
        _byRequest[request] = listing;
        if (asset is not null)
        {
            _listed[asset] = _listed.GetValueOrDefault(asset) + 1;
        }

        if (request.Starred is not null)
        {
            // It means the actor, whom the bytes do not name.
            listing.Exclude();
        }

        foreach (var key in keys)
        {
            listing.RestOn(ConflictMarks.Key(key));
        }
    }

    /// <summary>A reference of a member.</summary>
    public void Refers(ListedReference reference)
    {
        var listing = _byRequest[reference.Owner];
        if (reference.Mode == EdgeMode.Remove || reference.Reference.Guid is { Real: null })
        {
            listing.Exclude();
        }
        else if (reference.Key is { } key)
        {
            listing.RestOn(ConflictMarks.Key(key));
        }
    }

    /// <summary>
    /// The request has been compared. An asset stands apart from the others when no member has so much as moved one of its edges
    /// back and forth: then each member found the edges of its asset as they are stored.
    /// </summary>
    public void Conclude(ChangeSet changes, CommitNumber asOf)
    {
        var disturbed = changes.Changes.Select(change => change.Asset.Guid).ToHashSet();
        foreach (var entry in changes.Batch.Edges.All)
        {
            if (entry.IsDisturbed)
            {
                disturbed.Add(entry.End1);
                disturbed.Add(entry.End2);
            }
        }

        for (var place = 0; place < _listings.Count; place++)
        {
            if (_listings[place].Asset is { IsNew: false } asset && _listed[asset] == 1 && !disturbed.Contains(asset.Guid)
                && _listings[place].ToVerdict(asOf.Value) is { } verdict)
            {
                Verdicts.Add((place, verdict));
            }
        }
    }

    private sealed class Listing(BatchAsset? asset)
    {
        private readonly List<ulong> _names = new(2);
        private bool _isExcluded;

        public BatchAsset? Asset => asset;

        public void Exclude() => _isExcluded = true;

        public void RestOn(ulong name)
        {
            if (!_names.Contains(name))
            {
                _names.Add(name);
            }
        }

        public Verdict? ToVerdict(long asOf) => _isExcluded || _names.Count > Verdict.NamesMax
            ? null
            : new Verdict(asset!.Guid, asOf, CollectionsMarshal.AsSpan(_names));
    }
}
