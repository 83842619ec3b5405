using System.Text;
using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Tests.Webhooks;

public sealed class StandardSignatureTests
{
    [Fact]
    public void The_example_of_the_standard_comes_out()
    {
        var key = StandardSignature.KeyOf(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))!;
        var body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

        StandardSignature.Sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Fact]
    public void A_new_secret_is_a_key_of_32_bytes() => StandardSignature.KeyOf(StandardSignature.NewSecret())!.Length.ShouldBe(32);

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_c2hvcnQ=")]
    public void A_text_that_is_no_key_is_none(string text) => StandardSignature.KeyOf(new Secret(text)).ShouldBeNull();
}
