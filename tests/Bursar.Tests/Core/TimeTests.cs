using Bursar.Core.Time;

namespace Bursar.Tests.Core;

public sealed class TimeTests
{
    [Theory]
    [InlineData("2026-03", "2026-03-01", "2026-04-01", 31)]
    [InlineData("2026-12", "2026-12-01", "2027-01-01", 31)]
    [InlineData("2024-02", "2024-02-01", "2024-03-01", 29)]
    [InlineData("2100-02", "2100-02-01", "2100-03-01", 28)]
    public void A_billing_period_is_a_calendar_month_whose_end_is_not_in_it(
        string text,
        string start,
        string end,
        int days
    )
    {
        Assert.True(BillingPeriod.TryParse(text, out var period));
        Assert.Equal((DateOnly.Parse(start), DateOnly.Parse(end), days), (period.Start, period.End, period.Days));
        Assert.Equal(text, period.ToString());
        Assert.Equal(period, BillingPeriod.Containing(period.Start));
        Assert.NotEqual(period, BillingPeriod.Containing(period.End));
    }

    [Theory]
    [InlineData("2026-3")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-03-01")]
    [InlineData(" 2026-03")]
    [InlineData("March 2026")]
    [InlineData("")]
    public void Anything_else_is_no_billing_period(string text) => Assert.False(BillingPeriod.TryParse(text, out _));

    [Fact]
    public void Periods_are_ordered_by_time_across_years()
    {
        var december = new BillingPeriod(2025, 12);
        Assert.True(december < december.Next);
        Assert.Equal(new BillingPeriod(2026, 1), december.Next);
        Assert.Equal(december, december.Next.Previous);
        Assert.Equal(new BillingPeriod(2024, 11), december.Plus(-13));
    }

    [Fact]
    public void A_range_holds_its_first_day_and_not_its_end()
    {
        var range = DateRange.Of(new BillingPeriod(2026, 2));
        Assert.True(range.Contains(new DateOnly(2026, 2, 1)));
        Assert.True(range.Contains(new DateOnly(2026, 2, 28)));
        Assert.False(range.Contains(new DateOnly(2026, 3, 1)));
        Assert.Equal(28, range.Days);
        Assert.Equal("[2026-02-01, 2026-03-01)", range.ToString());
        Assert.Throws<ArgumentException>(() => new DateRange(new DateOnly(2026, 2, 2), new DateOnly(2026, 2, 1)));
    }
}
