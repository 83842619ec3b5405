namespace Cartulary.Fuzz.Inputs;

/// <summary>One input: which door it goes to, and its bytes.</summary>
/// <param name="Door">The name of the door.</param>
/// <param name="Bytes">What is sent there.</param>
internal sealed record FuzzInput(string Door, byte[] Bytes)
{
    public const string Bulk = "bulk";
    public const string Single = "single";
    public const string Partial = "partial";
    public const string Feed = "feed";

    /// <summary>Whether it is the body of a save.</summary>
    public bool IsSave => Door != Feed;
}
