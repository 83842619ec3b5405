using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>How the values of an attribute are searched: the kind of its plain field, and whether those are texts.</summary>
/// <param name="Kind">The kind of the field with the attribute's own name.</param>
/// <param name="IsDate">Whether its numbers are times.</param>
/// <param name="IsText">Whether the values are texts, which have fields for their words too.</param>
internal readonly record struct AttributeForm(SearchFieldKind Kind, bool IsDate, bool IsText)
{
    // What people write, and names by which Atlan's clients search for words.
    private static readonly ImmutableArray<string> Written =
    [
        "name", "displayName", "description", "userDescription", "databaseName", "schemaName", "tableName", "viewName",
        "modeWorkspaceName", "modeReportName", "modeQueryName",
    ];

    /// <summary>The form of an attribute of assets; null when it is not searched, as structs and maps are not.</summary>
    public static AttributeForm? Of(AssetAttribute attribute)
    {
        var form = Of(attribute.Type);
        var isWritten = Written.Contains(attribute.Name) || attribute.Definition.IndexTypeESConfig?.ContainsKey("analyzer") == true;
        return form is { IsText: true } && isWritten ? new AttributeForm(SearchFieldKind.Text, IsDate: false, IsText: true) : form;
    }

    /// <summary>The form of values of a type; null when they are not searched.</summary>
    public static AttributeForm? Of(DataType type) => type switch
    {
        ArrayType array => array.Element is ArrayType ? null : Of(array.Element),
        EnumType => new AttributeForm(SearchFieldKind.Keyword, IsDate: false, IsText: true),
        PrimitiveType primitive => Of(primitive.Kind),
        _ => null,
    };

    /// <summary>
    /// The form that holds the values of both, whatever their order: of whole numbers and others the latter, of times and whole
    /// numbers the latter, and of anything else whole texts, in which numbers stand in decimal.
    /// </summary>
    public static AttributeForm Both(AttributeForm one, AttributeForm other)
    {
        if (one == other)
        {
            return one;
        }

        if (one.Kind == SearchFieldKind.Text || other.Kind == SearchFieldKind.Text)
        {
            return new AttributeForm(SearchFieldKind.Text, IsDate: false, IsText: true);
        }

        return IsNumber(one) && IsNumber(other)
            ? new AttributeForm(one.Kind == other.Kind ? one.Kind : SearchFieldKind.Decimal, IsDate: false, IsText: false)
            : new AttributeForm(SearchFieldKind.Keyword, IsDate: false, IsText: true);
    }

    private static bool IsNumber(AttributeForm form) => form.Kind is SearchFieldKind.Integer or SearchFieldKind.Decimal;

    private static AttributeForm Of(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.String => new AttributeForm(SearchFieldKind.Keyword, IsDate: false, IsText: true),
        PrimitiveKind.Boolean => new AttributeForm(SearchFieldKind.Boolean, IsDate: false, IsText: false),
        PrimitiveKind.Date => new AttributeForm(SearchFieldKind.Integer, IsDate: true, IsText: false),
        PrimitiveKind.Float or PrimitiveKind.Double or PrimitiveKind.BigDecimal or PrimitiveKind.BigInteger =>
            new AttributeForm(SearchFieldKind.Decimal, IsDate: false, IsText: false),
        _ => new AttributeForm(SearchFieldKind.Integer, IsDate: false, IsText: false),
    };
}
