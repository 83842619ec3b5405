namespace Cartulary.Core.Assets;

/// <summary>First byte of every canonical value; the layout is written down in docs/formats/canonical-values.md.</summary>
internal enum CanonicalTag : byte
{
    /// <summary>Byte length as varint, then UTF-8.</summary>
    String = 1,

    /// <summary>Nothing follows.</summary>
    False = 2,

    /// <summary>Nothing follows.</summary>
    True = 3,

    /// <summary>Zigzag varint.</summary>
    Integer = 4,

    /// <summary>Epoch milliseconds, 8 bytes, big endian: of fixed width, so that a commit can write its time in place.</summary>
    Date = 5,

    /// <summary>IEEE 754 double, 8 bytes, big endian.</summary>
    Double = 6,

    /// <summary>Byte length as varint, then decimal digits with an optional minus.</summary>
    BigInteger = 7,

    /// <summary>Byte length as varint, then the shortest <c>digits</c> or <c>digitsE±exponent</c>.</summary>
    BigDecimal = 8,

    /// <summary>Element count as varint, then the elements.</summary>
    Array = 9,

    /// <summary>Entry count as varint, then key and value of each, in the byte order of the keys.</summary>
    Map = 10,

    /// <summary>Type number and attribute count as varints, then number and value of each attribute, by number.</summary>
    Struct = 11,
}
