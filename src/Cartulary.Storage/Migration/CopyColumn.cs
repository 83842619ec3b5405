using Npgsql;

namespace Cartulary.Storage.Migration;

/// <summary>A column that is carried.</summary>
/// <param name="Name">Its name in the target.</param>
/// <param name="Source">What gives its value in the source.</param>
/// <param name="Write">Writes the value that stands in a place of the source's row.</param>
internal sealed record CopyColumn(string Name, string Source, Action<SourceRow, int, NpgsqlBinaryImporter> Write);
