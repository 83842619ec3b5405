using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// The listings of a request that mean no asset because something is wrong with them. Who refers to one of them is not told
/// of a missing asset: mending the listing mends the reference.
/// </summary>
internal sealed class UnresolvedListings
{
    private readonly HashSet<string> _guids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    /// <summary>Notes a listing with the unique values that it gives.</summary>
    public void Add(RequestAsset request, ImmutableArray<AssetKey> keys)
    {
        if (request.Guid is { } guid)
        {
            _guids.Add(guid.Text);
        }

        foreach (var key in keys)
        {
            _values.Add(key.Value);
        }
    }

    /// <summary>Notes a listing whose type is not known, so that neither are its unique attributes.</summary>
    public void Add(RequestAsset request)
    {
        Add(request, []);
        foreach (var field in request.Attributes.Where(field => field.Name == "qualifiedName"))
        {
            var reader = CheckedJson.Read(field.Json.Span);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                _values.Add(reader.GetString()!);
            }
        }
    }

    /// <summary>Notes the asset that a listing means.</summary>
    public void Add(Guid asset) => _guids.Add(asset.ToString("D"));

    /// <summary>Whether another listing has the guid of one of them.</summary>
    public bool Means(RequestAsset listing) => listing.Guid is { } guid && _guids.Contains(guid.Text);

    /// <summary>Whether one of them gives a unique value.</summary>
    public bool Gives(AssetKey key) => _values.Contains(key.Value);

    /// <summary>Whether a reference means one of them.</summary>
    public bool Holds(RequestReference reference) =>
        reference.Guid is { } guid ? _guids.Contains(guid.Text) : reference.UniqueValue is { } value && _values.Contains(value);
}
