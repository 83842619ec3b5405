using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Reading;

namespace Cartulary.Storage.Migration;

/// <summary>The row of the source that is being carried.</summary>
/// <param name="Values">Its values, in the places of the table's columns.</param>
/// <param name="Versions">Looks up what a row does not say.</param>
internal sealed record SourceRow(Statement Values, VersionSearch Versions)
{
    private const int AssetPlace = 0;
    private const int VersionPlace = 1;

    /// <summary>What the log tells of the version that a row of <c>touch</c> is about; only old rows do not tell it themselves.</summary>
    public PastVersion VersionInLog() =>
        Versions.At(Values.Long(AssetPlace), Values.Long(VersionPlace)) ?? throw new InvalidDataException("A version that was just read is missing.");
}
