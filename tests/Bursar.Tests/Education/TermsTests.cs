using Bursar.Rulebooks;
using Bursar.Rulebooks.Terms;
using Bursar.Tests.Support;

namespace Bursar.Tests.Education;

/// <summary>One word, one owner, one definition in each edition; headings in the reader's words (DAT-14).</summary>
public sealed class TermsTests
{
    private const string Editions = """
        kind: Term
        name: run-cost
        word: Run Cost
        vocabulary: Company
        column: EffectiveCost
        definition: The newer meaning.
        owner: anna
        edition: 2
        from: 2026-04-01
        equivalents: {ITFM: Expense of the Month}
        ---
        kind: Term
        name: run-cost-1
        word: Run Cost
        vocabulary: Company
        column: EffectiveCost
        definition: The older meaning.
        owner: bert
        """;

    [Fact]
    public void The_edition_in_force_is_the_latest_that_has_begun()
    {
        var rulebook = Load(Editions);
        Assert.Equal("The older meaning.", On(rulebook, "2026-03-31").Term.Definition);
        Assert.Equal("The newer meaning.", On(rulebook, "2026-04-01").Term.Definition);
        Assert.Equal([1, 2], On(rulebook, "2026-04-01").Editions.Select(term => term.Edition));
    }

    [Fact]
    public void A_word_of_the_rulebook_takes_the_place_of_the_one_that_came_with_Bursar()
    {
        var book = TermBook.Of(Load(Editions), new DateOnly(2026, 5, 1));
        Assert.Equal("Run Cost", book.Headings(Vocabulary.Company)["EffectiveCost"]);
        Assert.Equal("Expense of the Month", book.Headings(Vocabulary.ITFM)["EffectiveCost"]);
        Assert.DoesNotContain(book.Terms, defined => defined.Term.Word == "Effective Cost");
        Assert.Equal("Accrued Cost", TermBook.Of(Rulebook.Empty, default).Headings(Vocabulary.ITFM)["EffectiveCost"]);
    }

    [Fact]
    public void A_second_definition_of_the_same_edition_is_refused_with_both_owners()
    {
        var (_, found) = Rulebook.Load([new RulebookFile("terms.yaml", Editions.Replace("edition: 2\n", ""))]);
        var mistake = Assert.Single(found);
        Assert.Equal("rulebook/term-defined-twice", mistake.Code);
        Assert.Contains("owned by bert", mistake.Message);
        Assert.Contains("owned by anna", mistake.Message);
    }

    [Theory]
    [InlineData("from: 2026-04-01\n", "", "rulebook/overlapping-editions")]
    [InlineData("ITFM: Expense", "ITMF: Expense", "rulebook/unknown-vocabulary")]
    [InlineData(
        "column: EffectiveCost\ndefinition: The older",
        "column: EffectivCost\ndefinition: The older",
        "rulebook/unknown-column"
    )]
    [InlineData("owner: bert\n", "", "rulebook/missing-key")]
    public void Mistakes_are_told(string right, string wrong, string code)
    {
        var (_, found) = Rulebook.Load([new RulebookFile("terms.yaml", (Editions + "\n").Replace(right, wrong))]);
        Assert.Equal(code, Assert.Single(found).Code);
    }

    [Fact]
    public async Task Headings_of_the_command_line_are_in_the_chosen_words_and_ids_stay()
    {
        using var books = new BookedCharges(
            "kind: Organisation\nname: company\nvocabulary: ITFM\n",
            new SomeCharge(new DateOnly(2026, 3, 1), "5")
        );
        Assert.Contains("Accrued", await Out("costs", "--by", "x_CostCentre"));
        Assert.DoesNotContain("Effective", await Out("costs", "--by", "x_CostCentre"));
        Assert.Contains("Cost Center", await Out("costs", "--by", "x_CostCentre"));
        Assert.Contains("Operating", await Out("costs", "--vocabulary", "TBM"));
        Assert.Contains("Effective", await Out("costs", "--vocabulary", "FOCUS"));
        Assert.StartsWith("EffectiveCost\r\n", await Out("costs", "--vocabulary", "TBM", "--format", "csv"));
        var refused = await books.RunAsync("terms", "amortized-cosd", "--draft");
        Assert.Contains("terms/unknown-word", refused.Error);
        Assert.Contains("Effective Cost", await Out("terms", "amortised cost"));

        async Task<string> Out(params string[] args)
        {
            var shown = await books.RunAsync([.. args, "--draft"]);
            Assert.True(shown.ExitCode == 0, shown.Error);
            return args.Contains("csv") ? shown.Out.Replace("\n", "\r\n") : shown.Out;
        }
    }

    private static Rulebook Load(string text)
    {
        var (rulebook, found) = Rulebook.Load([new RulebookFile("terms.yaml", text)]);
        Assert.Empty(found);
        return rulebook;
    }

    private static DefinedTerm On(Rulebook rulebook, string day) =>
        Assert.Single(TermBook.Of(rulebook, DateOnly.ParseExact(day, "yyyy-MM-dd")).Find("Run Cost"));
}
