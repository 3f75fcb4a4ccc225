using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Briefs;
using Bursar.Tests.Support;

namespace Bursar.Tests.Briefs;

/// <summary>Briefs of real books.</summary>
public sealed class WriteBriefTests
{
    private const string Decision = """
        kind: Decision
        name: crew
        title: Approve $0.6M by 30 October
        ask: Fund a second crew.
        dueBy: 2026-10-30
        audience: the COO
        currency: USD
        costOfWaitingPerMonth: 410000
        options:
          - {name: Crew, summary: out by April, amount: 800000, amountLow: 600000, amountHigh: 1400000}
          - {name: Do nothing, summary: out a year later, amount: 4900000}
        recommended: Crew
        """;

    [Fact]
    public void Own_data_without_a_line_of_configuration_gives_a_brief_that_names_the_one_rule()
    {
        using var books = new BookedCharges(
            "",
            [.. BookedCharges.EachDay("2026-09", "100").Select(charge => charge with { Tags = ["CostCenter", "4100"] })]
        );
        var brief = Write(books);
        Assert.False(brief.IsDraft);
        Assert.Contains("Nobody is known to own $3,000", Text(brief));
        Assert.Contains("One rule would explain $3,000 of it: the tag CostCenter names the cost centre", Text(brief));
        Assert.Contains("No priorities are declared yet", Text(brief));
        Assert.Empty(BriefRules.Check(brief));
    }

    [Fact]
    public void The_decision_that_is_due_next_is_the_ask()
    {
        using var books = new BookedCharges(Decision, BookedCharges.EachDay("2026-09", "100"));
        var brief = Write(books);
        Assert.Equal("Approve $0.6M by 30 October", brief.Title.ToString());
        Assert.StartsWith("For the COO. September 2026, data to 30 September 2026", brief.Byline);
        Assert.Equal(["$0.8M", "$4.9M"], Assert.Single(brief.Asks).Options.Select(option => option.Figure.ToString()));
        Assert.Equal("(0.6–1.4)", brief.Asks[0].Options[0].Range!.ToString());
        Assert.Contains("Each month of waiting costs $0.41M.", Text(brief));
        Assert.Empty(BriefRules.Check(brief));
    }

    [Fact]
    public void A_decision_whose_day_has_passed_is_asked_no_longer()
    {
        using var books = new BookedCharges(
            Decision.Replace("2026-10-30", "2026-09-29"),
            BookedCharges.EachDay("2026-09", "100")
        );
        Assert.Equal("To watch", Assert.Single(Write(books).Asks).Heading);
    }

    [Fact]
    public void Unpublished_rules_make_a_draft()
    {
        using var books = new BookedCharges(Decision, BookedCharges.EachDay("2026-09", "100"));
        Assert.True(Write(books).IsDraft);
    }

    [Fact]
    public void Spend_stands_against_its_budget()
    {
        const string budget = "kind: Budget\nname: all\ncurrency: USD\namounts: {2026-09: 2500}\n";
        using var books = new BookedCharges(
            budget,
            [.. BookedCharges.EachDay("2026-08", "90"), .. BookedCharges.EachDay("2026-09", "100")]
        );
        Assert.Contains(
            "September cost $3,000, $500.00 (20 %) over the budget of $2,500 and $210.00 (7.5 %) more than August.",
            Text(Write(books))
        );
    }

    [Fact]
    public void Without_a_budget_there_is_a_trend_that_says_what_it_is_not()
    {
        using var books = new BookedCharges(
            "",
            [
                .. BookedCharges.EachDay("2026-07", "80"),
                .. BookedCharges.EachDay("2026-08", "90"),
                .. BookedCharges.EachDay("2026-09", "100"),
            ]
        );
        Assert.Contains("Trend, not a forecast: July $2,480, August $2,790, September $3,000.", Text(Write(books)));
    }

    [Fact]
    public void Currencies_are_never_added()
    {
        using var books = new BookedCharges(
            "",
            [.. BookedCharges.EachDay("2026-09", "100"), new SomeCharge(new(2026, 9, 30), "50") { Currency = "EUR" }]
        );
        var text = Text(Write(books));
        Assert.Contains("September cost $3,000", text);
        Assert.Contains("Another €50.00 is kept apart", text);
    }

    [Fact]
    public void A_month_that_is_still_arriving_says_so_and_explains_no_change()
    {
        using var books = new BookedCharges(
            "",
            [.. BookedCharges.EachDay("2026-08", "90"), .. BookedCharges.EachDay("2026-09", "100").Take(10)]
        );
        var brief = Write(books, new BillingPeriod(2026, 9));
        Assert.Contains("so far", brief.Byline);
        Assert.DoesNotContain(brief.Sections, section => section.Heading.StartsWith("Why"));
        Assert.Equal(new BillingPeriod(2026, 8), Write(books).Month);
    }

    [Fact]
    public void Every_figure_has_a_reference_a_meaning_and_a_command_line_or_is_written_in_the_rules()
    {
        using var books = new BookedCharges(
            Decision,
            [.. BookedCharges.EachDay("2026-08", "90"), .. BookedCharges.EachDay("2026-09", "100")]
        );
        var brief = Write(books);
        Assert.Equal(
            Enumerable.Range(1, brief.Figures.Count).Select(n => $"F{n}"),
            brief.Figures.Select(figure => brief.References[figure])
        );
        Assert.All(
            brief.Figures,
            figure =>
            {
                Assert.NotEmpty(figure.Meaning);
                Assert.True(
                    BriefCommands.Of(figure, brief.Sequence).Count > 0 || figure.Meaning.Contains("rulebook"),
                    figure.Meaning
                );
            }
        );
    }

    [Fact]
    public void A_month_without_cost_has_no_brief()
    {
        using var books = new BookedCharges("", BookedCharges.EachDay("2026-09", "100"));
        Assert.Equal(
            "brief/no-spend",
            Assert.Throws<RefusedException>(() => Write(books, new BillingPeriod(2024, 1))).Diagnostic.Code
        );
    }

    [Fact]
    public void The_same_books_give_the_same_words()
    {
        using var books = new BookedCharges(
            Decision,
            [.. BookedCharges.EachDay("2026-08", "90"), .. BookedCharges.EachDay("2026-09", "100")]
        );
        Assert.Equal(BriefPlainText.Write(Write(books), 80), BriefPlainText.Write(Write(books), 80));
    }

    internal static Brief Write(BookedCharges books, BillingPeriod? month = null) =>
        new WriteBrief(books.View).Of(month, TestContext.Current.CancellationToken).Brief;

    /// <summary>All that is said, one text a line.</summary>
    internal static string Text(Brief brief) => string.Join('\n', brief.Texts).Replace('\u00a0', ' ');
}
