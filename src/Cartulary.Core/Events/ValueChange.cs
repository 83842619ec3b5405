namespace Cartulary.Core.Events;

/// <summary>A change of a value that is there both before and after, empty at least.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
/// <param name="Before">The value before.</param>
/// <param name="After">The value after.</param>
public sealed record ValueChange<T>(T Before, T After);
