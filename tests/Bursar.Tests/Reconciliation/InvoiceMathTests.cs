using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Manage.Reconciliation.Prepaid;

namespace Bursar.Tests.Reconciliation;

public sealed class InvoiceMathTests
{
    [Theory]
    [InlineData(1, "USD", "1")]
    [InlineData(40_000, "USD", "1")]
    [InlineData(1_000_000, "USD", "5")]
    [InlineData(1_000_000, "JPY", "500")]
    [InlineData(1, "KWD", "0.1")]
    public void The_tolerance_is_that_of_FOCUS_1_4(long rows, string currency, string expected) =>
        Assert.Equal(Amount.Parse(expected), InvoiceMath.Tolerance(rows, new Currency(currency)));

    [Fact]
    public void What_only_the_invoice_has_explains_a_difference_to_the_cent()
    {
        var parts = Explain("12400", Only(DifferenceType.Marketplace, "12400"), Only(DifferenceType.Credit, "-15000"));

        var part = Assert.Single(parts);
        Assert.Equal((DifferenceType.Marketplace, Amount.Parse("12400")), (part.Type, part.Amount));
    }

    [Fact]
    public void A_difference_that_no_side_explains_stays_unknown() =>
        Assert.Empty(Explain("250", [], Only(DifferenceType.Tax, "19")));

    [Fact]
    public void A_small_remainder_is_rounding() =>
        Assert.Equal(DifferenceType.Rounding, Assert.Single(Explain("0.004", [], [])).Type);

    [Fact]
    public void EX_ITF_2_a_year_paid_ahead_costs_the_same_every_day()
    {
        var paid = Amount.From(36_500);
        var term = new DateRange(new DateOnly(2026, 1, 15), new DateOnly(2027, 1, 15));

        var months = PrepaidMath.ByMonth(paid, term);

        Assert.Equal(365, term.Days);
        Assert.Equal(["1700", "2800", "3100"], months.Take(3).Select(month => month.Cost.ToString()));
        Assert.Equal(
            Amount.From(7_600),
            months
                .Where(month => month.Month < new BillingPeriod(2026, 4))
                .Aggregate(Amount.Zero, (sum, month) => sum + month.Cost)
        );
        Assert.Equal(Amount.From(28_900), PrepaidMath.BalanceAt(paid, term, new DateOnly(2026, 3, 31)));
        Assert.Equal(paid, months.Aggregate(Amount.Zero, (sum, month) => sum + month.Cost));
    }

    [Fact]
    public void EX_ITF_3_a_leap_term_has_366_days()
    {
        var paid = Amount.From(36_600);
        var term = new DateRange(new DateOnly(2027, 9, 1), new DateOnly(2028, 9, 1));

        Assert.Equal(366, term.Days);
        Assert.Equal(
            Amount.From(2_900),
            PrepaidMath.ByMonth(paid, term).Single(month => month.Month == new BillingPeriod(2028, 2)).Cost
        );
    }

    [Fact]
    public void What_does_not_divide_by_the_days_is_not_lost()
    {
        var paid = Amount.Parse("-100.01");
        var term = new DateRange(new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 8));

        Assert.Equal(paid, PrepaidMath.ByMonth(paid, term).Single().Cost);
        Assert.Equal(Amount.Zero, PrepaidMath.BalanceAt(paid, term, new DateOnly(2026, 1, 7)));
    }

    private static IReadOnlyList<Difference> Explain(
        string difference,
        Dictionary<DifferenceType, Amount> invoiced,
        Dictionary<DifferenceType, Amount> billed
    ) => InvoiceMath.Explain(Amount.Parse(difference), [], invoiced, billed, Amount.From(1));

    private static Dictionary<DifferenceType, Amount> Only(DifferenceType type, string amount) =>
        new() { [type] = Amount.Parse(amount) };
}
