using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>Writes the rows of type definitions.</summary>
internal static class TypeRows
{
    private const string Upsert =
        """
        INSERT INTO type (id, category, name, definition, attribute_ids) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (id) DO UPDATE SET
            category = excluded.category, name = excluded.name,
            definition = excluded.definition, attribute_ids = excluded.attribute_ids
        """;

    public static void Write(Database database, IReadOnlyList<StoredType> types)
    {
        var upsert = database.Prepared(Upsert);
        foreach (var type in types)
        {
            upsert
                .Bind(1, type.Id)
                .Bind(2, type.Definition.Category.ToString())
                .Bind(3, type.UniqueName)
                .BindText(4, TypeDefJson.Serialize(type.Definition))
                .BindText(5, StoredJson.Write(type.AttributeIds))
                .Execute();
        }
    }
}
