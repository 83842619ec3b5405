using System.Text;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>Writes the rows of type definitions.</summary>
internal static class TypeRows
{
    private const string UpsertTypes =
        """
        INSERT INTO type (id, category, name, definition, attribute_ids) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET
            category = excluded.category, name = excluded.name,
            definition = excluded.definition, attribute_ids = excluded.attribute_ids
        """;

    public static NpgsqlBatchCommand Upsert(IReadOnlyList<StoredType> types) => Sql.Command(
        UpsertTypes,
        Sql.Of(types.Select(type => type.Id).ToList()),
        Sql.Of(types.Select(type => type.Definition.Category.ToString()).ToList()),
        Sql.Of(types.Select(type => type.UniqueName).ToList()),
        Sql.Of(types.Select(type => Encoding.UTF8.GetString(TypeDefJson.Serialize(type.Definition))).ToList()),
        Sql.Of(types.Select(type => Encoding.UTF8.GetString(StoredJson.Write(type.AttributeIds))).ToList()));
}
