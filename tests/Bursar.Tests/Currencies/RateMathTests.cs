using Bursar.Core.Amounts;
using Bursar.Understand.Currencies;
using Bursar.Warehouse.Queries;

namespace Bursar.Tests.Currencies;

public sealed class RateMathTests
{
    [Theory]
    [InlineData("1", "1.0823", "1.0823")]
    [InlineData("0.000000000000000001", "0.5", "0")]
    [InlineData("0.000000000000000003", "0.5", "0.000000000000000002")]
    [InlineData("0.000000000000000005", "0.5", "0.000000000000000002")]
    [InlineData("-0.000000000000000003", "0.5", "-0.000000000000000002")]
    [InlineData("-0.000000000000000005", "0.5", "-0.000000000000000002")]
    [InlineData("0.000000000000000003", "0.51", "0.000000000000000002")]
    [InlineData("99999999999999999999.999999999999999999", "1", "99999999999999999999.999999999999999999")]
    public void An_amount_at_a_rate_is_rounded_half_to_even(string amount, string rate, string expected) =>
        Assert.Equal(Amount.Parse(expected), Amount.Parse(amount).AtRate(Amount.Parse(rate)));

    [Fact]
    public void An_amount_at_a_rate_never_leaves_the_range_silently() =>
        Assert.Throws<OverflowException>(() =>
            Amount.Parse("99999999999999999999").AtRate(Amount.Parse("1.000000000000000002"))
        );

    [Theory]
    [InlineData("1", "3", "0.333333333333333333")]
    [InlineData("2", "3", "0.666666666666666667")]
    [InlineData("0.000000000000000001", "2", "0")]
    [InlineData("0.000000000000000003", "2", "0.000000000000000002")]
    [InlineData("1.1", "0.88", "1.25")]
    public void A_cross_rate_is_a_quotient_rounded_half_to_even(string one, string other, string expected) =>
        Assert.Equal(Amount.Parse(expected), RateMath.Quotient(Amount.Parse(one), Amount.Parse(other)));

    [Fact]
    public void A_rate_holds_until_the_next_and_no_longer_than_it_may()
    {
        var held = RateMath.Held([
            new(Day(20), 31, Amount.From(3)),
            new(Day(1), 5, Amount.From(1)),
            new(Day(4), 5, Amount.From(2)),
        ]);
        Assert.Equal(
            [(Day(1), Day(4)), (Day(4), Day(9)), (Day(20), Day(20).AddDays(31))],
            held.Select(rate => (rate.Start, rate.End))
        );
    }

    [Fact]
    public void The_first_source_counts_and_the_second_fills_what_it_leaves_open()
    {
        var joined = RateMath.Preferring(
            [Rate(5, 8, 1), Rate(12, 14, 1)],
            [Rate(1, 6, 2), Rate(6, 20, 3), Rate(25, 26, 4)]
        );
        Assert.Equal(
            ["1-5: 2", "5-8: 1", "8-12: 3", "12-14: 1", "14-20: 3", "25-26: 4"],
            joined.Select(rate => $"{rate.Start.Day}-{rate.End.Day}: {rate.Rate}")
        );
    }

    private static DateOnly Day(int day) => new(2026, 3, day);

    private static ConversionRate Rate(int start, int end, int rate) =>
        new(new Currency("EUR"), Day(start), Day(end), Amount.From(rate));
}
