namespace Cartulary.Core.Types;

/// <summary>The primitive types of the Apache Atlas type system.</summary>
public enum PrimitiveKind
{
    /// <summary>Text.</summary>
    String,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A signed 8-bit integer.</summary>
    Byte,

    /// <summary>A signed 16-bit integer.</summary>
    Short,

    /// <summary>A signed 32-bit integer.</summary>
    Int,

    /// <summary>A signed 64-bit integer.</summary>
    Long,

    /// <summary>An integer of any size.</summary>
    BigInteger,

    /// <summary>A 32-bit binary floating point number.</summary>
    Float,

    /// <summary>A 64-bit binary floating point number.</summary>
    Double,

    /// <summary>A decimal number of any precision.</summary>
    BigDecimal,

    /// <summary>A moment, in epoch milliseconds.</summary>
    Date,
}
