namespace Cartulary.Core.Save.Normalize;

/// <summary>What a single value may not exceed.</summary>
/// <param name="TextLength">Longest text, in UTF-16 code units.</param>
internal readonly record struct ValueLimits(int TextLength)
{
    /// <summary>For values that come from typedefs and not from requests.</summary>
    public static ValueLimits Unlimited => new(int.MaxValue);
}
