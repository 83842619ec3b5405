using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Query.Search;

namespace Cartulary.Testing.Search;

/// <summary>A few documents with few different values, so that queries find some of them.</summary>
public static class RandomDocuments
{
    public static readonly string[] Names = ["Fact Orders", "fact orders 2024", "Customers", "dim customer", "Orders", "orders archive of customers", "Fact_Orders"];
    public static readonly string[] QualifiedNames = ["default/a/orders", "default/a/ORDERS", "default/b/orders", "default/b/customers", "x"];
    public static readonly string[] Statuses = ["VERIFIED", "DRAFT", "DEPRECATED"];
    public static readonly string[] Owners = ["ada", "bob", "Ada", "cleo"];
    public static readonly string[] Types = ["Table", "View", "Column"];

    /// <summary>The first moment that a document has, epoch milliseconds: the beginning of 2026.</summary>
    public const long FirstMoment = 1_767_225_600_000;

    /// <summary>The length of a day, milliseconds.</summary>
    public const long Day = 86_400_000;

    /// <summary>Draws some.</summary>
    public static ImmutableArray<SearchDocument> Draw(Dice dice, SearchFields fields, int most = 12)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. Enumerable.Range(1, dice.Between(1, most)).Select(number => One(dice, fields, number, taken))];
    }

    private static SearchDocument One(Dice dice, SearchFields fields, int number, HashSet<string> taken)
    {
        var values = ImmutableArray.CreateBuilder<SearchFieldValues>();
        var guid = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
        Add("__guid", guid.ToString());
        Add("__state", dice.OneIn(4) ? "DELETED" : "ACTIVE");
        Add("__typeName", SearchWords.Fold(dice.Pick(Types)));
        var name = dice.Pick(Names);
        Add("name", name);
        Add("name.keyword", SearchWords.Fold(name));
        var qualifiedName = dice.Pick(QualifiedNames);
        qualifiedName = taken.Add(qualifiedName) ? qualifiedName : $"{qualifiedName}.{number}";
        Add("qualifiedName", qualifiedName);
        Add("qualifiedName.text", qualifiedName);
        if (dice.Flip())
        {
            Add("certificateStatus", dice.Pick(Statuses));
        }

        if (dice.Flip())
        {
            Add("rowCount", dice.Between(-2, 5).ToString(CultureInfo.InvariantCulture));
        }

        if (dice.Flip())
        {
            Add("sourceTotalCost", (dice.Between(0, 6) / 2.0).ToString("R", CultureInfo.InvariantCulture));
        }

        if (dice.Flip())
        {
            Add("isSharded", dice.Flip() ? "true" : "false");
        }

        if (dice.Flip())
        {
            Add("sourceUpdatedAt", (FirstMoment + (Day / 2 * dice.Below(8))).ToString(CultureInfo.InvariantCulture));
        }

        if (dice.Some(Owners, oneIn: 3) is { Count: > 0 } owners)
        {
            Add("ownerUsers", [.. owners]);
        }

        return new SearchDocument(new AssetId(number), guid, values.ToImmutable(), []);

        void Add(string field, params ImmutableArray<string> texts) => values.Add(new SearchFieldValues(fields.Find(field)!, texts));
    }
}
