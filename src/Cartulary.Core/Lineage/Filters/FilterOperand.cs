using System.Collections.Immutable;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>What values are compared with.</summary>
/// <param name="Text">One text.</param>
/// <param name="List">Several.</param>
/// <param name="From">The first moment of a range of time, epoch milliseconds.</param>
/// <param name="To">The last one.</param>
internal sealed record FilterOperand(string Text, ImmutableArray<string> List, long From = 0, long To = 0)
{
    /// <summary>An operand of operators that take none.</summary>
    public static FilterOperand None { get; } = new("", []);

    /// <summary>Whether a text can be compared with values of a kind.</summary>
    public static bool Fits(string text, FilterKinds kind) => kind switch
    {
        FilterKinds.Text => true,
        FilterKinds.Number => FilterNumber.TryParse(text, out _),
        FilterKinds.Boolean => bool.TryParse(text, out _),
        FilterKinds.Time => Moment.TryParseTime(text, out _),
        _ => false,
    };

    /// <summary>Whether a value is a time in the range.</summary>
    public bool IsInRange(FilterValue value) => value.AsTime() is { } time && time >= From && time <= To;
}

/// <summary>What an operator is compared with.</summary>
internal enum FilterOperandKind
{
    /// <summary>With nothing.</summary>
    Nothing,

    /// <summary>With one value of the attribute's kind.</summary>
    Value,

    /// <summary>With a text, whatever the attribute's kind.</summary>
    Text,

    /// <summary>With several values of the attribute's kind.</summary>
    Several,

    /// <summary>With a range of time.</summary>
    Range,
}
