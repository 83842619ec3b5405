namespace Cartulary.Scenarios.Docs;

/// <summary>A page whose output is no longer what its commands write is found.</summary>
public sealed class ShownOutputTests
{
    [Theory]
    [InlineData("#3  …  ENTITY_UPDATE", "#3  2026-01-31 12:00:00Z  ENTITY_UPDATE\n")]
    [InlineData("one\n…\nfour\n", "one\ntwo\nthree\nfour\n")]
    [InlineData("one\n…\ntwo\n", "one\ntwo\n")]
    [InlineData("a.b\n", "a.b  \n\n")]
    public void What_fits_is_taken(string shown, string actual) => ShownOutput.Fits(shown, actual).ShouldBeTrue();

    [Theory]
    [InlineData("#3  …  ENTITY_UPDATE", "#4  2026-01-31 12:00:00Z  ENTITY_UPDATE\n")]
    [InlineData("#3 …", "#3 one\n#4 two\n")]
    [InlineData("one\n…\nfour\n", "one\ntwo\nthree\n")]
    [InlineData("a.b\n", "axb\n")]
    [InlineData("", "an error\n")]
    public void What_differs_is_found(string shown, string actual) => ShownOutput.Fits(shown, actual).ShouldBeFalse();
}
