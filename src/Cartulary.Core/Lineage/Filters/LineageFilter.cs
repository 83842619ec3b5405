using System.Collections.Immutable;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>What assets or edges must be like.</summary>
/// <typeparam name="T">What is filtered.</typeparam>
public abstract record LineageFilter<T>
{
    private protected LineageFilter()
    {
    }

    /// <summary>Whether it can only be decided with the asset's own state.</summary>
    public abstract bool NeedsState { get; }

    /// <summary>Whether something matches.</summary>
    public abstract bool Matches(T subject);

    /// <summary>Matches what all of some filters match, or any of them; without any filter it matches everything.</summary>
    /// <param name="Of">The filters.</param>
    /// <param name="Any">Whether one is enough.</param>
    internal sealed record Group(ImmutableArray<LineageFilter<T>> Of, bool Any) : LineageFilter<T>
    {
        /// <inheritdoc/>
        public override bool NeedsState { get; } = Of.Any(filter => filter.NeedsState);

        /// <inheritdoc/>
        public override bool Matches(T subject) => Of.IsEmpty || (Any ? Of.Any(filter => filter.Matches(subject)) : Of.All(filter => filter.Matches(subject)));
    }

    /// <summary>Matches by the values of one attribute.</summary>
    /// <param name="Field">The attribute.</param>
    /// <param name="Operator">How its values are compared.</param>
    /// <param name="Operand">With what.</param>
    internal sealed record Condition(FilterField<T> Field, FilterOperator Operator, FilterOperand Operand) : LineageFilter<T>
    {
        /// <inheritdoc/>
        public override bool NeedsState => Field.NeedsState;

        /// <inheritdoc/>
        public override bool Matches(T subject) => Operator.Matches(Field.Values(subject), Operand);
    }
}
