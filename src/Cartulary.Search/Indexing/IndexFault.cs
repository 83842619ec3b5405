using Lucene.Net.Index;

namespace Cartulary.Search.Indexing;

/// <summary>Tells files that are damaged from a disk that cannot be used now.</summary>
internal static class IndexFault
{
    /// <summary>Whether a failure comes of what stands in the files, so that the index has to be built again.</summary>
    public static bool IsDamage(Exception failure) => failure is CorruptIndexException or IndexFormatTooOldException or IndexFormatTooNewException
        or EndOfStreamException or FileNotFoundException or IndexNotFoundException or IndexOutOfRangeException or ArgumentException;
}
