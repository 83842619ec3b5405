using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Ports;

/// <summary>
/// Names, as 64-bit hashes, what a plan reads and writes. A plan is still right when nothing that it reads has been written
/// since its snapshot. Two different things may share a mark by accident; that costs a second planning and never a mistake.
/// </summary>
public static class ConflictMarks
{
    /// <summary>An asset's own state.</summary>
    public static ulong State(Guid asset) => Mark(1, asset, 0, 0);

    /// <summary>An asset's status. Whoever links an asset relies on it, so that links and archiving see each other.</summary>
    public static ulong Life(Guid asset) => Mark(2, asset, 0, 0);

    /// <summary>An asset's name: its unique attributes.</summary>
    public static ulong Name(Guid asset) => Mark(3, asset, 0, 0);

    /// <summary>All edges of one relationship attribute of an asset. Who replaces or owns the whole list relies on it.</summary>
    public static ulong End(Guid asset, int relationshipId, EndSide side) => Mark(4, asset, relationshipId, (byte)side);

    /// <summary>All edges of an asset. Who archives or restores it relies on it.</summary>
    public static ulong AnyEnd(Guid asset) => Mark(5, asset, 0, 0);

    /// <summary>Whether one edge is recorded, and its attributes.</summary>
    public static ulong Edge(int relationshipId, Guid end1, Guid end2)
    {
        Span<byte> bytes = stackalloc byte[37];
        bytes[0] = 6;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], relationshipId);
        end1.TryWriteBytes(bytes[5..]);
        end2.TryWriteBytes(bytes[21..]);
        return XxHash3.HashToUInt64(bytes);
    }

    /// <summary>Which assets hold a key.</summary>
    public static ulong Key(AssetKey key)
    {
        var length = Encoding.UTF8.GetByteCount(key.Value);
        var bytes = length <= 507 ? stackalloc byte[512] : new byte[length + 5];
        bytes[0] = 7;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], key.Kind);
        Encoding.UTF8.GetBytes(key.Value, bytes[5..]);
        return XxHash3.HashToUInt64(bytes[..(5 + length)]);
    }

    /// <summary>An asset's public version. Only who saves on condition of a version relies on it.</summary>
    public static ulong Version(Guid asset) => Mark(8, asset, 0, 0);

    /// <summary>Whether a request with a key has been answered. Who sends one relies on it and writes it.</summary>
    public static ulong Request(string actor, string key)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{actor.Length}:{actor}{key}");
        return XxHash3.HashToUInt64([9, .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>Anything of an asset: state, status, names, any of its edges. Whoever knows that saving it changes nothing relies on it.</summary>
    public static ulong Touch(Guid asset) => Mark(10, asset, 0, 0);

    /// <summary>An asset's tags. Who passes them on over an edge relies on them, so that other changes of a hot asset disturb nobody.</summary>
    public static ulong Tags(Guid asset) => Mark(11, asset, 0, 0);

    /// <summary>
    /// Whether a tag is still to be passed on somewhere. Who passes it on itself relies on it; who leaves something to be done
    /// writes it.
    /// </summary>
    public static ulong TagWork(TagKey key) => Mark(12, key.Source, key.TypeId, 0);

    private static ulong Mark(byte kind, Guid asset, int number, byte side)
    {
        Span<byte> bytes = stackalloc byte[22];
        bytes[0] = kind;
        asset.TryWriteBytes(bytes[1..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[17..], number);
        bytes[21] = side;
        return XxHash3.HashToUInt64(bytes);
    }
}
