using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>One edge in a save: what is recorded of it, and what will be.</summary>
internal sealed class EdgeEntry(RelationshipType relationship, Guid end1, Guid end2, StoredEdge? stored)
{
    public RelationshipType Relationship => relationship;

    public Guid End1 => end1;

    public Guid End2 => end2;

    public StoredEdge? Stored => stored;

    /// <summary>Whether the edge is recorded after the save.</summary>
    public bool IsRecorded
    {
        get;
        set
        {
            IsDisturbed |= value != field;
            field = value;
        }
    } = stored is not null;

    /// <summary>The edge's own attributes after the save.</summary>
    public AssetState Attributes
    {
        get;
        set
        {
            IsDisturbed |= !value.Equals(field);
            field = value;
        }
    } = stored?.Attributes ?? AssetState.Empty;

    /// <summary>The place in the request that ends the edge, as far as one does.</summary>
    public string? EndedAt { get; private set; }

    /// <summary>Ends the edge, as a place in the request says.</summary>
    public void EndAt(string path)
    {
        IsRecorded = false;
        EndedAt = path;
    }

    /// <summary>Whether a statement of the request has changed anything of it, even if another one has changed it back.</summary>
    public bool IsDisturbed { get; private set; }

    public bool IsOpened => stored is null && IsRecorded;

    public bool IsClosed => stored is not null && !IsRecorded;

    public bool AttributesChange => stored is not null && IsRecorded && !Attributes.Equals(stored.Attributes);

    /// <summary>The asset across from one end.</summary>
    public Guid Other(Guid asset) => asset == end1 ? end2 : end1;
}
