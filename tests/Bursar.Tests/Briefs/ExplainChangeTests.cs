using Bursar.Core.Amounts;
using Bursar.Manage.Briefs;
using Bursar.Tests.Support;

namespace Bursar.Tests.Briefs;

/// <summary>Why a month cost more or less than the one before.</summary>
public sealed class ExplainChangeTests
{
    private static readonly SomeCharge[] Steady =
    [
        .. BookedCharges.EachDay("2026-08", "100"),
        .. BookedCharges.EachDay("2026-09", "100"),
    ];

    [Fact]
    public void A_discount_that_ended_while_use_stayed_flat_is_the_reason()
    {
        var before = BookedCharges
            .EachDay("2026-08", "60")
            .Select(charge =>
                charge with
                {
                    Resource = "machine-1",
                    List = "100",
                    Discount = "Three-year promise",
                    Service = "Fleet",
                }
            );
        var after = BookedCharges
            .EachDay("2026-09", "100")
            .Select(charge => charge with { Resource = "machine-1", List = "100", Service = "Fleet" });
        using var books = new BookedCharges("", [.. Steady, .. before, .. after]);
        var explained = Explain(books);
        Assert.Equal(
            "The discount “Three-year promise” ended; use stayed the same",
            explained.Drivers[0].Title.ToString()
        );
        Assert.Equal(Amount.From(3_000 - 1_860), explained.Drivers[0].Change);
        AssertSums(explained);
    }

    [Fact]
    public void A_discount_that_ended_because_nothing_was_used_any_more_is_no_reason()
    {
        var before = BookedCharges
            .EachDay("2026-08", "60")
            .Select(charge => charge with { Resource = "machine-1", List = "100", Discount = "Promise" });
        using var books = new BookedCharges("", [.. Steady, .. before]);
        Assert.DoesNotContain(Explain(books).Drivers, driver => driver.IsReason);
    }

    [Fact]
    public void Days_far_above_the_usual_are_told_apart_from_growth()
    {
        var spike = new SomeCharge(new(2026, 9, 19), "900");
        using var books = new BookedCharges("", [.. Steady, spike]);
        var explained = Explain(books);
        Assert.Equal("Machines cost 10 times its usual day on 19 September", explained.Drivers[0].Title.ToString());
        Assert.Equal(Amount.From(900), explained.Drivers[0].Change);
        AssertSums(explained);
    }

    [Fact]
    public void What_is_high_on_a_day_of_every_month_is_no_news()
    {
        using var books = new BookedCharges(
            "",
            [.. Steady, new SomeCharge(new(2026, 8, 1), "900"), new SomeCharge(new(2026, 9, 1), "900")]
        );
        Assert.DoesNotContain(Explain(books).Drivers, driver => driver.IsReason);
    }

    [Fact]
    public void A_credit_that_ended_is_a_reason()
    {
        var credit = new SomeCharge(new(2026, 8, 31), "-500") { Category = "Credit", Description = "Welcome credit" };
        using var books = new BookedCharges("", [.. Steady, credit]);
        var driver = Explain(books).Drivers[0];
        Assert.Equal("A credit from Cloud One ended", driver.Title.ToString());
        Assert.Equal(Amount.From(500), driver.Change);
    }

    [Fact]
    public void Movements_net_out_to_the_change()
    {
        using var books = new BookedCharges(
            "",
            [
                .. Steady,
                .. BookedCharges.EachDay("2026-08", "50").Select(charge => charge with { Service = "Storage" }),
                .. BookedCharges.EachDay("2026-09", "20").Select(charge => charge with { Service = "Storage" }),
            ]
        );
        var explained = Explain(books);
        Assert.Equal("Storage fell", explained.Drivers[0].Title.ToString());
        Assert.Equal(Amount.From(600 - 1_550), explained.Drivers[0].Change);
        Assert.Equal(Amount.From(600 - 1_550 - 100), explained.Change);
        AssertSums(explained);
    }

    [Fact]
    public void A_first_month_has_nothing_to_compare_with()
    {
        using var books = new BookedCharges("", BookedCharges.EachDay("2026-09", "100"));
        Assert.Null(new ExplainChange(new BriefFacts(books.View, null, default)).Explain());
    }

    private static ChangeExplained Explain(BookedCharges books) =>
        new ExplainChange(new BriefFacts(books.View, null, TestContext.Current.CancellationToken)).Explain()!;

    private static void AssertSums(ChangeExplained explained) =>
        Assert.Equal(
            explained.Change,
            BriefMath.Sum(explained.Drivers.Select(driver => driver.Change)) + explained.Other
        );
}
