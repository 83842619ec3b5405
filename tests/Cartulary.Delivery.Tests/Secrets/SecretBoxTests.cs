using System.Security.Cryptography;
using Cartulary.Delivery.Secrets;

namespace Cartulary.Delivery.Tests.Secrets;

public sealed class SecretBoxTests
{
    private static readonly byte[] OldKey = RandomNumberGenerator.GetBytes(SecretKeys.Size);
    private static readonly byte[] NewKey = RandomNumberGenerator.GetBytes(SecretKeys.Size);
    private static readonly Secret Canary = new("whsec_canary");

    [Fact]
    public void What_is_closed_opens_at_its_place_only()
    {
        var box = new SecretBox(SecretKeys.Parse(SecretKeys.Line(1, OldKey)));
        var closed = box.Close(Canary, "one/secret");

        box.Open(closed, "one/secret").ShouldBe(Canary);
        box.Open(closed, "two/secret").ShouldBeNull();
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        var box = new SecretBox(SecretKeys.Parse(SecretKeys.Line(1, OldKey)));
        var closed = box.Close(Canary, "place");
        for (var i = 0; i < closed.Length; i++)
        {
            var changed = (byte[])closed.Clone();
            changed[i] ^= 1;
            box.Open(changed, "place").ShouldBeNull();
        }

        box.Open(closed.AsSpan(0, 20), "place").ShouldBeNull();
    }

    [Fact]
    public void An_old_key_still_opens_and_the_newest_closes()
    {
        var closed = new SecretBox(SecretKeys.Parse(SecretKeys.Line(1, OldKey))).Close(Canary, "place");
        var box = new SecretBox(SecretKeys.Parse(SecretKeys.Line(1, OldKey) + SecretKeys.Line(2, NewKey)));

        box.Open(closed, "place").ShouldBe(Canary);
        new SecretBox(SecretKeys.Parse(SecretKeys.Line(2, NewKey))).Open(box.Close(Canary, "place"), "place").ShouldBe(Canary);
    }

    [Fact]
    public void A_lost_key_opens_nothing()
    {
        var closed = new SecretBox(SecretKeys.Parse(SecretKeys.Line(1, OldKey))).Close(Canary, "place");

        new SecretBox(SecretKeys.Parse(SecretKeys.Line(1, NewKey))).Open(closed, "place").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 c2hvcnQ=")]
    [InlineData("300 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("nothing")]
    public void A_file_without_a_key_is_refused_without_being_quoted(string text) =>
        Should.Throw<InvalidDataException>(() => SecretKeys.Parse(text)).Message.ShouldNotContain("c2hv");

    [Fact]
    public void A_secret_does_not_print()
    {
        $"{Canary}".ShouldBe("***");
        System.Text.Json.JsonSerializer.Serialize(Canary).ShouldBe("{}");
    }
}
