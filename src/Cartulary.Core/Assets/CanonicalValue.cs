using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;

namespace Cartulary.Core.Assets;

/// <summary>
/// A value of an attribute in the one encoding that equal values share, so that equality of values is equality of bytes.
/// The default instance is no value and may not be used.
/// </summary>
public readonly struct CanonicalValue : IEquatable<CanonicalValue>, IComparable<CanonicalValue>
{
    private readonly ReadOnlyMemory<byte> _encoded;

    /// <summary>Wraps bytes written by <see cref="CanonicalWriter"/>.</summary>
    internal CanonicalValue(ReadOnlyMemory<byte> encoded) => _encoded = encoded;

    /// <summary>The encoded bytes.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>The encoded bytes.</summary>
    public ReadOnlySpan<byte> Span => _encoded.Span;

    /// <summary>A text value.</summary>
    public static CanonicalValue FromText(string text)
    {
        var writer = new CanonicalWriter();
        writer.WriteString(text);
        return writer.ToValue();
    }

    /// <summary>A boolean value.</summary>
    public static CanonicalValue FromBoolean(bool value) => new(new[] { (byte)(value ? CanonicalTag.True : CanonicalTag.False) });

    /// <summary>A date value, in epoch milliseconds.</summary>
    public static CanonicalValue FromDate(long epochMilliseconds)
    {
        var writer = new CanonicalWriter();
        writer.WriteDate(epochMilliseconds);
        return writer.ToValue();
    }

    /// <summary>The text of a text value, or null when the value is of another kind.</summary>
    public string? AsText()
    {
        var reader = new CanonicalReader(Span);
        return reader.Tag == CanonicalTag.String ? reader.ReadText() : null;
    }

    /// <summary>Whether this is the boolean true.</summary>
    public bool IsTrue => Span.Length > 0 && Span[0] == (byte)CanonicalTag.True;

    /// <inheritdoc/>
    public bool Equals(CanonicalValue other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is CanonicalValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)XxHash3.HashToUInt64(Span));

    /// <summary>Orders by bytes: total and stable, without meaning of its own.</summary>
    public int CompareTo(CanonicalValue other) => Span.SequenceCompareTo(other.Span);

    /// <summary>Whether two values are the same.</summary>
    public static bool operator ==(CanonicalValue left, CanonicalValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    public static bool operator !=(CanonicalValue left, CanonicalValue right) => !left.Equals(right);
}
