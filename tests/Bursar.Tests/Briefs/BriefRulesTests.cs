using Bursar.Manage.Briefs;

namespace Bursar.Tests.Briefs;

/// <summary>What a brief may be (EX-EXE-1).</summary>
public sealed class BriefRulesTests
{
    [Fact]
    public void One_ask_with_choices_in_plain_words_on_one_page_is_accepted_EX_EXE_1() =>
        Assert.Empty(BriefRules.Check(SomeBrief.Good));

    [Fact]
    public void Two_asks_are_one_too_many_EX_EXE_1()
    {
        var found = Assert.Single(BriefRules.Check(SomeBrief.Good with { Asks = [SomeBrief.Ask, SomeBrief.Ask] }));
        Assert.Equal("brief/one-ask", found.Code);
        Assert.Contains("asks for 2 things", found.Message);
    }

    [Fact]
    public void Seven_hundred_words_are_too_many_EX_EXE_1()
    {
        var found = BriefRules.Check(SomeBrief.Saying(SomeBrief.Words(700)));
        Assert.Contains(found, finding => finding.Code == "brief/too-long" && finding.Message.Contains("450"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Four_hundred_and_fifty_words_are_the_most(bool fits)
    {
        var spare = BriefRules.WordsMax - BriefRules.WordsIn(SomeBrief.Saying(""));
        var found = BriefRules.Check(SomeBrief.Saying(SomeBrief.Words(fits ? spare : spare + 1)));
        Assert.Equal(fits, !found.Any(finding => finding.Code == "brief/too-long"));
    }

    [Theory]
    [InlineData("Our ESR rose.", "ESR")]
    [InlineData("Cost is amortised.", "amortised")]
    [InlineData("A savings plan lapsed.", "savings plan")]
    public void A_word_of_the_trade_is_explained_or_left_out_EX_EXE_1(string sentence, string term)
    {
        var found = Assert.Single(BriefRules.Check(SomeBrief.Saying(sentence)));
        Assert.Equal("brief/undefined-term", found.Code);
        Assert.Contains($"\"{term}\"", found.Message);
        Assert.NotEmpty(found.Remedy);
    }

    [Theory]
    [InlineData("Our effective savings rate (ESR) rose.")]
    [InlineData("The COO and the CFO agree on AI in the EU.")]
    [InlineData("It cost $18.4M in Q3.")]
    public void What_every_leader_knows_needs_no_explanation(string sentence) =>
        Assert.Empty(BriefRules.Check(SomeBrief.Saying(sentence)));

    [Fact]
    public void Names_are_left_as_their_owners_write_them()
    {
        var text = BriefText.Of($"{new BriefName("AWS WAF")} grew.");
        Assert.Empty(BriefRules.Check(SomeBrief.Good with { Sections = [new BriefSection("Money", [text], [])] }));
    }

    [Fact]
    public void An_ask_has_at_least_two_options()
    {
        var ask = SomeBrief.Ask with { Options = [SomeBrief.Option("Do nothing")] };
        Assert.Equal(
            "brief/too-few-options",
            Assert.Single(BriefRules.Check(SomeBrief.Good with { Asks = [ask] })).Code
        );
    }

    [Fact]
    public void One_of_the_options_is_to_do_nothing()
    {
        var ask = SomeBrief.Ask with { Options = [SomeBrief.Option("One crew"), SomeBrief.Option("Two crews")] };
        Assert.Equal("brief/no-do-nothing", Assert.Single(BriefRules.Check(SomeBrief.Good with { Asks = [ask] })).Code);
    }

    [Fact]
    public void What_is_only_to_watch_needs_no_options()
    {
        var watch = new BriefAsk("To watch", [BriefText.Plain("No decision is due.")], [], [], IsDecision: false);
        Assert.Empty(BriefRules.Check(SomeBrief.Good with { Asks = [watch] }));
    }

    [Fact]
    public void A_brief_is_one_page()
    {
        var lines = Enumerable.Repeat(SomeBrief.Option("Line"), 70).ToList();
        var found = BriefRules.Check(SomeBrief.Good with { Sections = [new BriefSection("Money", [], lines)] });
        Assert.Equal("brief/two-pages", Assert.Single(found).Code);
    }
}
