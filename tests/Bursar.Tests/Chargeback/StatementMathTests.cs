using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Chargeback;

namespace Bursar.Tests.Chargeback;

/// <summary>The arithmetic of statements: rounding, reasons, periods.</summary>
public sealed class StatementMathTests
{
    [Fact]
    public void A_change_is_use_at_the_old_price_and_price_of_what_is_used_now()
    {
        var (byUse, byPrice) = StatementMath.Split([Use("200", "270", "100", "150"), Use("10", "9", "0", "5")]);
        Assert.Equal("100", byUse.ToString());
        Assert.Equal("-30", byPrice.ToString());
    }

    [Fact]
    public void Use_and_price_sum_to_the_change_to_the_last_digit()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 500; i++)
        {
            var use = new PricedUse(Any(), Any(), Amount.FromUnits(Any().Units + 1), Amount.FromUnits(Any().Units + 1));
            var (byUse, byPrice) = StatementMath.Split([use]);
            Assert.Equal(use.Cost - use.CostBefore, byUse + byPrice);
        }

        Amount Any() => Amount.FromUnits((Int128)random.NextInt64(1, long.MaxValue) * random.Next(1, 5000));
    }

    [Fact]
    public void Printed_lines_sum_to_the_printed_total()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var parts = Enumerable
                .Range(0, random.Next(1, 12))
                .Select(_ => Amount.FromUnits(random.NextInt64() - (long.MaxValue / 2)))
                .ToList();
            var total = StatementMath.Sum(parts);
            var shown = RoundedParts.Of(parts, total, RoundedParts.Step(2));
            Assert.Equal(total.RoundedTo(2), StatementMath.Sum(shown));
            Assert.All(parts.Zip(shown), pair => Assert.True((pair.First - pair.Second).Abs() < RoundedParts.Step(2)));
        }
    }

    [Theory]
    [InlineData("2026-09", "2026-09-01 2026-10-01")]
    [InlineData("2026-Q3", "2026-07-01 2026-10-01")]
    [InlineData("2026", "2026-01-01 2027-01-01")]
    [InlineData("2026-07..2026-09", "2026-07-01 2026-10-01")]
    [InlineData("2025-Q4..2026-02", "2025-10-01 2026-03-01")]
    public void A_period_is_a_month_a_quarter_a_year_or_from_one_to_another(string text, string days)
    {
        var period = StatementPeriod.Read(text)!.Value;
        Assert.Equal(days, $"{period.Start:yyyy-MM-dd} {period.End:yyyy-MM-dd}");
        Assert.Equal(period, StatementPeriod.Read(StatementPeriod.Write(period)));
    }

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-Q5")]
    [InlineData("26")]
    [InlineData("2026-09..2026-08")]
    [InlineData("..")]
    [InlineData("2026-01..2026-02..2026-03")]
    public void What_is_no_period_is_refused(string text) =>
        Assert.Equal(
            "showback/bad-period",
            Assert.Throws<RefusedException>(() => StatementPeriod.Read(text)).Diagnostic.Code
        );

    [Fact]
    public void A_month_that_is_not_over_is_compared_with_the_same_days_of_the_month_before()
    {
        var march = DateRange.Of(new BillingPeriod(2026, 3));
        Assert.Equal(
            (new DateRange(new(2026, 3, 1), new(2026, 3, 12)), new DateRange(new(2026, 2, 1), new(2026, 2, 12))),
            WriteStatement.Covered(march, new DateOnly(2026, 3, 11))
        );
        // February ends before the 30th: it is compared as a whole.
        Assert.Equal(
            new DateRange(new(2026, 2, 1), new(2026, 3, 1)),
            WriteStatement.Covered(march, new DateOnly(2026, 3, 30)).Against
        );
        Assert.Equal(
            (march, DateRange.Of(new BillingPeriod(2026, 2))),
            WriteStatement.Covered(march, new DateOnly(2026, 3, 31))
        );
    }

    private static PricedUse Use(string before, string now, string quantityBefore, string quantity) =>
        new(Amount.Parse(before), Amount.Parse(now), Amount.Parse(quantityBefore), Amount.Parse(quantity));
}
