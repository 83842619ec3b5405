using System.Collections.Frozen;
using System.Collections.Immutable;
using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Query.Audit;

/// <summary>The fields by which entries of the audit can be asked for (Atlan, "Audit search"; each is also called <c>NAME.keyword</c>).</summary>
internal static class AuditFields
{
    private const string Keyword = ".keyword";

    /// <summary>The guid of the asset.</summary>
    public static readonly SearchField EntityId = new("entityId", SearchFieldKind.Keyword);

    /// <summary>The qualified name that the asset has now, or had at its end.</summary>
    public static readonly SearchField EntityQualifiedName = new("entityQualifiedName", SearchFieldKind.Keyword);

    /// <summary>The asset's type.</summary>
    public static readonly SearchField TypeName = new("typeName", SearchFieldKind.Keyword);

    /// <summary>Who saved.</summary>
    public static readonly SearchField User = new("user", SearchFieldKind.Keyword);

    /// <summary>What was done.</summary>
    public static readonly SearchField Action = new("action", SearchFieldKind.Keyword);

    /// <summary>The entry's own name.</summary>
    public static readonly SearchField EventKey = new("eventKey", SearchFieldKind.Keyword);

    /// <summary>The commit's time.</summary>
    public static readonly SearchField Created = new("created", SearchFieldKind.Integer, IsDate: true);

    /// <summary>The same.</summary>
    public static readonly SearchField Timestamp = new("timestamp", SearchFieldKind.Integer, IsDate: true);

    private static readonly FrozenDictionary<string, SearchField> ByName =
        new[] { EntityId, EntityQualifiedName, TypeName, User, Action, EventKey, Created, Timestamp }.ToFrozenDictionary(field => field.Name);

    /// <summary>The names of all, in ordinal order.</summary>
    public static ImmutableArray<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The field of that name, or null.</summary>
    public static SearchField? Find(string name) =>
        ByName.GetValueOrDefault(name.EndsWith(Keyword, StringComparison.Ordinal) ? name[..^Keyword.Length] : name);
}
