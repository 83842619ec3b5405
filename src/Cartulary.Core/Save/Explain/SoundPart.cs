using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Derive.Rules;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Save.Resolve;

namespace Cartulary.Core.Save.Explain;

/// <summary>
/// What of a refused request is in order, so that it can be looked at by itself without telling what only follows from problems
/// that have been told. A member of a listing that was refused is left out. Where more hangs on it, the whole listing is, and
/// with it all listings of the same asset and those that refer to it.
/// </summary>
internal sealed class SoundPart
{
    private const string Header = "If-Match";

    private readonly SaveRequest _request;
    private readonly Listings _listings;
    private readonly Dictionary<string, RequestAsset?> _kept;
    private readonly UnresolvedListings _dropped = new();
    private readonly HashSet<BatchAsset> _assetsDropped = [];
    private readonly HashSet<Guid> _withheld = [];
    private bool _mayReferToAny;

    private SoundPart(SaveRequest request, Listings listings)
    {
        _request = request;
        _listings = listings;
        _kept = request.Assets.ToDictionary(asset => asset.Path, RequestAsset? (RequestAsset asset) => asset, StringComparer.Ordinal);
    }

    /// <summary>
    /// The part that can be looked at, and what it is not judged by; null when there is none, or when a listing may mean any asset, because its
    /// guid cannot be read.
    /// </summary>
    public static (SaveRequest Request, Withheld Withheld)? Of(SaveRequest request, Listings? listings, IReadOnlyCollection<Problem> problems)
    {
        if (listings is null || request.Kind is not (RequestKind.Full or RequestKind.Partial or RequestKind.Tags))
        {
            return null;
        }

        var paths = problems.Select(problem => problem.Path).ToHashSet(StringComparer.Ordinal);
        if (request.Assets.Any(asset => asset.Guid is null && paths.Contains($"{asset.Path}.guid")))
        {
            return null;
        }

        var part = new SoundPart(request, listings);
        part.LeaveOut(problems);
        part.DropRelated();
        return part.Rest(problems) is { } rest ? (rest, new Withheld(part._withheld, part._mayReferToAny)) : null;
    }

    private SaveRequest? Rest(IReadOnlyCollection<Problem> problems)
    {
        var assets = _request.Assets.Select(asset => _kept[asset.Path]).OfType<RequestAsset>().ToImmutableArray();
        var calls = _listings.Tagged.Where(call => !problems.Any(problem => ProblemPlace.IsIn(problem.Path, call.Path))).ToImmutableArray();
        var isAboutOne = _request.Target is not null || _request.IfMatch is not null;
        return (assets.IsEmpty && calls.IsEmpty) || (isAboutOne && _request.Assets is [var one, ..] && _kept[one.Path] is null)
            ? null
            : _request with { Assets = assets, TagCalls = calls, IfMatch = problems.Any(problem => problem.Path == Header) ? null : _request.IfMatch };
    }

    private void LeaveOut(IEnumerable<Problem> problems)
    {
        foreach (var own in problems.GroupBy(problem => PlaceOf(problem.Path)))
        {
            if (own.Key is not { } place || _kept[place] is not { } listing)
            {
                continue;
            }

            var known = _listings.Find(place);
            var members = new SaidMembers(listing, known?.Asset?.Type ?? known?.Type, _listings.Registry);
            if (members.Without(own.Select(problem => problem.Path[place.Length..])) is { } rest)
            {
                _kept[place] = rest;
            }
            else
            {
                Drop(listing);
            }
        }
    }

    /// <summary>The listing that a path is in: the path itself, or all of it up to a dot or a bracket.</summary>
    private string? PlaceOf(string path)
    {
        for (var end = 0; end <= path.Length; end++)
        {
            if ((end == 0 || end == path.Length || path[end] is '.' or '[') && _kept.ContainsKey(path[..end]))
            {
                return path[..end];
            }
        }

        return null;
    }

    private void Drop(RequestAsset listing)
    {
        _kept[listing.Path] = null;
        if (listing.Guid?.Real is { } real)
        {
            _withheld.Add(real);
        }

        var known = _listings.Find(listing.Path);
        if (known is null)
        {
            _dropped.Add(listing);
        }
        else
        {
            _dropped.Add(listing, known.Keys);
        }

        if (known?.Asset is not { } asset)
        {
            _mayReferToAny = true;
            return;
        }

        _dropped.Add(asset.Guid);
        _assetsDropped.Add(asset);
        _withheld.Add(asset.Guid);
        _withheld.UnionWith(_listings.TargetsOf(asset).Select(target => target.Guid));
    }

    private void DropRelated()
    {
        for (var isSettled = false; !isSettled;)
        {
            var restores = _request.Assets.Any(asset => asset.Restores && _kept[asset.Path] is null);
            var related = _request.Assets.Where(asset => _kept[asset.Path] is not null && ((restores && asset.Restores) || HangsOnDropped(asset))).ToList();
            related.ForEach(Drop);
            isSettled = related.Count == 0;
        }
    }

    private bool HangsOnDropped(RequestAsset listing) =>
        _dropped.Means(listing)
        || (_listings.Find(listing.Path) is { } known && (known.Keys.Any(_dropped.Gives) || (known.Asset is { } asset && IsUnsure(asset))))
        || _listings.ReferencesAt(listing.Path).Any(reference => _dropped.Holds(reference.Reference));

    /// <summary>An asset with names among siblings may stand elsewhere because of what is left out.</summary>
    private bool IsUnsure(BatchAsset asset) =>
        _assetsDropped.Contains(asset) || (_withheld.Contains(asset.Guid) && RuleBook.For(asset.Type).Names is not null);
}
