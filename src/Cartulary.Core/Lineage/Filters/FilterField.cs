namespace Cartulary.Core.Lineage.Filters;

/// <summary>An attribute by which can be filtered.</summary>
/// <typeparam name="T">What has the attribute.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Kinds">The kinds of values that it may have.</param>
/// <param name="NeedsState">Whether its values are part of an asset's own state.</param>
/// <param name="Values">Its values; none where there is none, several where it takes several.</param>
internal sealed record FilterField<T>(string Name, FilterKinds Kinds, bool NeedsState, Func<T, IReadOnlyList<FilterValue>> Values);

/// <summary>Kinds of values.</summary>
[Flags]
internal enum FilterKinds
{
    /// <summary>Texts and elements of enums.</summary>
    Text = 1,

    /// <summary>Numbers.</summary>
    Number = 2,

    /// <summary>True or false.</summary>
    Boolean = 4,

    /// <summary>Times.</summary>
    Time = 8,

    /// <summary>Maps, structs and other values of which can only be said whether they are there.</summary>
    Other = 16,
}
