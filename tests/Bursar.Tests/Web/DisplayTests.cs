using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Tests.Web;

public sealed class DisplayTests
{
    [Theory]
    [InlineData("18400000", "USD", "$18.4M")]
    [InlineData("6982800", "USD", "$7.0M")]
    [InlineData("226000000", "USD", "$226M")]
    [InlineData("310000", "USD", "$310k")]
    [InlineData("-310000", "USD", "−$310k")]
    [InlineData("1204.2", "USD", "$1.2k")]
    [InlineData("999.4", "USD", "$999")]
    [InlineData("999.5", "USD", "$1.0k")]
    [InlineData("999949", "USD", "$1.0M")]
    [InlineData("999499.99", "USD", "$999k")]
    [InlineData("99.99", "EUR", "€99.99")]
    [InlineData("99.999", "EUR", "€100.00")]
    [InlineData("0.004", "GBP", "£<0.01")]
    [InlineData("0", "USD", "$0")]
    [InlineData("1500", "JPY", "¥1.5k")]
    [InlineData("0.2", "JPY", "¥<1")]
    [InlineData("2500000000", "CHF", "CHF\u00a02.5B")]
    [InlineData("99999999999999999999", "USD", "$100,000,000T")]
    public void An_amount_at_a_glance(string amount, string currency, string expected) =>
        Assert.Equal(expected, Display.Short(new Money(Amount.Parse(amount), new Currency(currency))));

    [Theory]
    [InlineData("1234567.891", "USD", "$1,234,567.89")]
    [InlineData("-12", "USD", "−$12.00")]
    [InlineData("-0.001", "USD", "$0.00")]
    [InlineData("1234.5", "JPY", "¥1,235")]
    [InlineData("1.2345", "KWD", "KWD\u00a01.235")]
    public void An_amount_to_the_minor_unit(string amount, string currency, string expected) =>
        Assert.Equal(expected, Display.Full(new Money(Amount.Parse(amount), new Currency(currency))));

    [Theory]
    [InlineData("1234567.5", 0, "1,234,568")]
    [InlineData("-1234567.5", 0, "−1,234,568")]
    [InlineData("-0.4", 0, "0")]
    [InlineData("12.5", 2, "12.50")]
    [InlineData("999.995", 2, "1,000.00")]
    public void A_figure_of_a_column(string amount, int decimals, string expected) =>
        Assert.Equal(expected, Display.Figure(Amount.Parse(amount), decimals));

    [Fact]
    public void An_exact_amount_keeps_every_digit() =>
        Assert.Equal("−1,234,567.000000000000000017", Display.Exact(Amount.Parse("-1234567.000000000000000017")));

    [Theory]
    [InlineData("0.0625", "6.3\u00a0%")]
    [InlineData("1", "100.0\u00a0%")]
    [InlineData("-0.045", "−4.5\u00a0%")]
    [InlineData("0.0001", "<0.1\u00a0%")]
    [InlineData("-0.0001", ">−0.1\u00a0%")]
    [InlineData("0", "0.0\u00a0%")]
    public void A_share(string share, string expected) =>
        Assert.Equal(expected, Display.Percent(Amount.Parse(share).ToDecimal()));

    [Fact]
    public void A_change_has_a_sign_and_something_out_of_nothing_is_new()
    {
        Assert.Equal("+4.5", Display.ChangeFigure(0.045m));
        Assert.Equal("−3.0", Display.ChangeFigure(-0.03m));
        Assert.Equal("0.0", Display.ChangeFigure(0m));
        Assert.Equal("new", Display.ChangeFigure(null));
        Assert.Equal("–", Display.Percent(null));
    }

    [Theory]
    [InlineData("2026-10-11", "2026-10-12", "11 October 2026")]
    [InlineData("2026-09-01", "2026-10-01", "September 2026")]
    [InlineData("2026-01-01", "2026-10-01", "January to September 2026")]
    [InlineData("2025-10-01", "2026-10-01", "October 2025 to September 2026")]
    [InlineData("2026-01-01", "2027-01-01", "2026")]
    [InlineData("2025-01-01", "2027-01-01", "2025 to 2026")]
    [InlineData("2026-10-01", "2026-10-16", "1 to 15 October 2026")]
    [InlineData("2026-09-28", "2026-10-16", "28 September to 15 October 2026")]
    [InlineData("2025-12-28", "2026-01-04", "28 December 2025 to 3 January 2026")]
    public void A_range_names_its_last_day(string start, string end, string expected) =>
        Assert.Equal(expected, Display.Range(new DateRange(Date(start), Date(end))));

    [Theory]
    [InlineData("2026-09-07", TimeGrain.Day, "7 Sep 2026")]
    [InlineData("2026-09-07", TimeGrain.Week, "week of 7 Sep 2026")]
    [InlineData("2026-09-01", TimeGrain.Month, "Sep 2026")]
    [InlineData("2026-07-01", TimeGrain.Quarter, "Q3 2026")]
    [InlineData("2026-01-01", TimeGrain.Year, "2026")]
    public void A_period_by_its_grain(string start, TimeGrain grain, string expected) =>
        Assert.Equal(expected, Display.Period(Date(start), grain));

    [Theory]
    [InlineData(11 * 24 * 60, "11 days")]
    [InlineData(31 * 60, "31 hours")]
    [InlineData(4, "4 minutes")]
    [InlineData(1, "60 seconds")]
    public void A_length_of_time(int minutes, string expected) =>
        Assert.Equal(expected, Display.Duration(TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData("ServiceProviderName", "Service Provider Name")]
    [InlineData("x_CostCentre", "Cost Centre")]
    [InlineData("Tags/env", "Tag env")]
    [InlineData("x_GLAccount", "GLAccount")]
    public void A_column_as_a_heading(string id, string expected) => Assert.Equal(expected, Display.Column(id));

    [Fact]
    public void Columns_of_large_amounts_leave_the_cents_out()
    {
        Assert.Equal(0, Display.ColumnDecimals([Amount.Parse("-10000"), Amount.Parse("3")], new Currency("USD")));
        Assert.Equal(2, Display.ColumnDecimals([Amount.Parse("9999.99")], new Currency("USD")));
        Assert.Equal(2, Display.ColumnDecimals([], new Currency("USD")));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
