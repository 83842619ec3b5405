using System.Collections.Frozen;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>
/// How the values of an attribute are compared. Of an attribute with several values, one that fits is enough; what is the opposite
/// of another operator matches exactly where that one does not, so also where there is no value.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Takes">What it is compared with.</param>
/// <param name="Matches">Whether values fit.</param>
internal sealed record FilterOperator(string Name, FilterOperandKind Takes, Func<IReadOnlyList<FilterValue>, FilterOperand, bool> Matches)
{
    private static readonly FilterOperator Equal = One("eq", static (value, operand) => value.Compare(operand.Text) == 0);

    private static readonly FilterOperator Contains = Text("contains", static (value, text) => value.Contains(text, StringComparison.Ordinal));

    private static readonly FilterOperator IsNull = Bare("isNull", static values => values.Count == 0);

    private static readonly FilterOperator In = new(
        "in", FilterOperandKind.Several, static (values, operand) => values.Any(value => operand.List.Any(text => value.Compare(text) == 0)));

    private static readonly FrozenDictionary<string, FilterOperator> ByName = new Dictionary<string, FilterOperator>
    {
        ["eq"] = Equal,
        ["="] = Equal,
        ["neq"] = Not("neq", Equal),
        ["!="] = Not("neq", Equal),
        ["lt"] = One("lt", static (value, operand) => value.Compare(operand.Text) < 0),
        ["<"] = One("lt", static (value, operand) => value.Compare(operand.Text) < 0),
        ["gt"] = One("gt", static (value, operand) => value.Compare(operand.Text) > 0),
        [">"] = One("gt", static (value, operand) => value.Compare(operand.Text) > 0),
        ["lte"] = One("lte", static (value, operand) => value.Compare(operand.Text) <= 0),
        ["<="] = One("lte", static (value, operand) => value.Compare(operand.Text) <= 0),
        ["gte"] = One("gte", static (value, operand) => value.Compare(operand.Text) >= 0),
        [">="] = One("gte", static (value, operand) => value.Compare(operand.Text) >= 0),
        ["in"] = In,
        ["like"] = Text("like", FilterPattern.Matches),
        ["startsWith"] = Text("startsWith", static (value, text) => value.StartsWith(text, StringComparison.Ordinal)),
        ["endsWith"] = Text("endsWith", static (value, text) => value.EndsWith(text, StringComparison.Ordinal)),
        ["contains"] = Contains,
        ["not_contains"] = Not("not_contains", Contains),
        ["containsAny"] = In with { Name = "containsAny" },
        ["containsAll"] = new(
            "containsAll", FilterOperandKind.Several, static (values, operand) => operand.List.All(text => values.Any(value => value.Compare(text) == 0))),
        ["isNull"] = IsNull,
        ["notNull"] = Not("notNull", IsNull),
        ["notEmpty"] = Bare("notEmpty", static values => values.Any(value => value.Kind == FilterKinds.Other || value.Text.Length > 0)),
        ["timerange"] = new("timerange", FilterOperandKind.Range, static (values, operand) => values.Any(operand.IsInRange)),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>All names and symbols, for people.</summary>
    public static string Names { get; } = string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal));

    /// <summary>The operator of a name or symbol, in any case; null when there is none.</summary>
    public static FilterOperator? Find(string name) => ByName.GetValueOrDefault(name);

    private static FilterOperator One(string name, Func<FilterValue, FilterOperand, bool> fits) =>
        new(name, FilterOperandKind.Value, (values, operand) => values.Any(value => fits(value, operand)));

    private static FilterOperator Text(string name, Func<string, string, bool> fits) =>
        new(name, FilterOperandKind.Text, (values, operand) => values.Any(value => value.Kind != FilterKinds.Other && fits(value.Text, operand.Text)));

    private static FilterOperator Bare(string name, Func<IReadOnlyList<FilterValue>, bool> fits) =>
        new(name, FilterOperandKind.Nothing, (values, _) => fits(values));

    private static FilterOperator Not(string name, FilterOperator other) =>
        new(name, other.Takes, (values, operand) => !other.Matches(values, operand));
}
