using Cartulary.Core.Query.Search;
using CsCheck;

namespace Cartulary.Core.Tests.Query.Search;

public sealed class SearchWordsTests
{
    private static readonly SearchField Plain = new("name", SearchFieldKind.Text);
    private static readonly SearchField Stemmed = new("name.stemmed", SearchFieldKind.Text);

    [Theory]
    [InlineData("", "")]
    [InlineData("--", "")]
    [InlineData("Customer_Orders", "customer|orders")]
    [InlineData("orders2024", "orders|2024")]
    [InlineData("2024orders", "2024orders")]
    [InlineData("PROD.SALES/Fact-Orders@v1", "prod|sales|fact|orders|v|1")]
    [InlineData("Straße ÀÉ", "straße|àé")]
    [InlineData("e\u0301te\u0301", "e\u0301te\u0301")]
    [InlineData("顧客テーブル", "顧|客|テーブル")]
    [InlineData("a\U0001F600b", "a|b")]
    [InlineData("x\ud800y", "x|y")]
    public void A_text_is_taken_apart_into_words(string text, string words) => string.Join('|', SearchWords.Of(Plain, text)).ShouldBe(words);

    [Theory]
    [InlineData("Connections relational relates", "connect relat relat")]
    [InlineData("caresses ponies ties cats", "caress poni ti cat")]
    [InlineData("agreed plastered motoring sing", "agre plaster motor sing")]
    [InlineData("conflated troubled sized hopping falling filing", "conflat troubl size hop fall file")]
    [InlineData("happy sky", "happi sky")]
    [InlineData("generalizations adjustment adoption revival", "gener adjust adopt reviv")]
    [InlineData("probate rate controlling rolled", "probat rate control roll")]
    [InlineData("größer is", "größer is")]
    public void Stemmed_words_are_reduced_to_their_stems(string text, string stems) => string.Join(' ', SearchWords.Of(Stemmed, text)).ShouldBe(stems);

    [Fact]
    public void A_long_word_is_cut_and_a_long_text_is_read_to_its_limit()
    {
        SearchWords.Of(Plain, new string('a', 600)).Select(word => word.Length).ShouldBe([255, 255, 90]);
        SearchWords.Of(Plain, string.Concat(Enumerable.Repeat("ab ", 50_000))).Length.ShouldBe(33_334);
    }

    [Fact]
    public void Words_taken_apart_again_stay_the_same() =>
        Gen.String[Gen.Char["aB9_ é顧\ud83d\ude00ǅ"], 0, 40].Sample(text =>
        {
            var words = SearchWords.Of(Plain, text);
            SearchWords.Of(Plain, string.Join(' ', words)).ShouldBe(words);
        });
}
