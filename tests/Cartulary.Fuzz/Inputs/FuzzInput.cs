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
    public const string Past = "past";
    public const string Page = "page";
    public const string Header = "header";
    public const string Filter = "filter";
    public const string Key = "key";
    public const string Setting = "setting";

    /// <summary>Whether it is the body of a save.</summary>
    public bool IsSave => Door is Bulk or Single or Partial;

    /// <summary>Whether it is to be JSON.</summary>
    public bool IsJson => IsSave || Door is Filter or Key or Setting;
}
