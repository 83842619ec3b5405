using System.Globalization;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>A number as filters compare it: exactly where it has at most 28 digits, else by its nearest binary value.</summary>
internal readonly record struct FilterNumber : IComparable<FilterNumber>
{
    private readonly decimal? _exact;
    private readonly double _near;

    private FilterNumber(decimal? exact, double near) => (_exact, _near) = (exact, near);

    /// <summary>Reads a number; false when the text is none.</summary>
    public static bool TryParse(string text, out FilterNumber number)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var near) && !double.IsNaN(near);
        decimal? exact = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        number = new FilterNumber(exact, near);
        return isNumber;
    }

    /// <inheritdoc/>
    public int CompareTo(FilterNumber other) =>
        _exact is { } own && other._exact is { } others ? own.CompareTo(others) : _near.CompareTo(other._near);
}
