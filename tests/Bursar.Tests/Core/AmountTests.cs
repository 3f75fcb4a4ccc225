using System.Numerics;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Core;

/// <summary>PLT-02: exact amounts, one rounding, no binary fraction. The oracle is BigInteger.</summary>
public sealed class AmountTests
{
    private static readonly Gen<decimal> Rates =
        from lo in Gen.Choose(int.MinValue, int.MaxValue)
        from mid in Gen.Choose(int.MinValue, int.MaxValue)
        from hi in Gen.Choose(0, 1)
        from scale in Gen.Choose(10, 28)
        from negative in Gen.Elements(true, false)
        select new decimal(lo, mid, hi, negative, (byte)scale);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("12.50", "12.5")]
    [InlineData("-3", "-3")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("007", "7")]
    [InlineData("6.1E-7", "0.00000061")]
    [InlineData("6e-18", "0.000000000000000006")]
    [InlineData("1.5e+3", "1500")]
    [InlineData("0e999999", "0")]
    [InlineData("123456789012345678901234567890e-12", "123456789012345678.90123456789")]
    [InlineData("99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999")]
    [InlineData("-99999999999999999999.999999999999999999", "-99999999999999999999.999999999999999999")]
    public void A_number_as_providers_write_it_is_read_to_the_last_digit(string text, string expected)
    {
        Assert.Equal(AmountReading.Exact, AmountText.TryRead(text, out var amount, out var residue));
        Assert.Equal(expected, amount.ToString());
        Assert.True(residue.IsZero);
    }

    [Theory]
    [InlineData("0.0000000000000000005", "0.000000000000000001", "-0.0000000000000000005")]
    [InlineData("0.0000000000000000004999", "0", "0.0000000000000000004999")]
    [InlineData("-0.0000000000000000005", "-0.000000000000000001", "0.0000000000000000005")]
    [InlineData("1.123456789012345678901234", "1.123456789012345679", "-0.000000000000000000098766")]
    [InlineData("1E-64", "0", "0.0000000000000000000000000000000000000000000000000000000000000001")]
    public void A_number_with_more_than_18_decimals_is_rounded_and_the_residue_told(
        string text,
        string expected,
        string left
    )
    {
        Assert.Equal(AmountReading.Rounded, AmountText.TryRead(text, out var amount, out var residue));
        Assert.Equal(expected, amount.ToString());
        Assert.Equal(left, AmountText.WriteResidue(residue));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("+5")]
    [InlineData("--5")]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("1_000")]
    [InlineData("1,000.00")]
    [InlineData("1.000,00")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("1e1.5")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("$5")]
    [InlineData("5%")]
    [InlineData("١٢")]
    public void What_is_not_a_number_is_not_guessed(string text)
    {
        Assert.Equal(AmountReading.NotANumber, AmountText.TryRead(text, out _, out _));
        Assert.Throws<FormatException>(() => Amount.Parse(text));
    }

    [Theory]
    [InlineData("100000000000000000000")]
    [InlineData("-1e20")]
    [InlineData("1e999999")]
    [InlineData("1e-65")]
    [InlineData("99999999999999999999.9999999999999999995")]
    public void A_number_beyond_the_books_is_out_of_range_not_wrong(string text) =>
        Assert.Equal(AmountReading.OutOfRange, AmountText.TryRead(text, out _, out _));

    [Fact]
    public void A_cell_of_ten_megabytes_is_refused_at_once() =>
        Assert.Equal(AmountReading.OutOfRange, AmountText.TryRead(new string('9', 10_000_000), out _, out _));

    [Fact]
    public void What_is_written_reads_back_as_itself() =>
        Always.Holds(
            SomeAmount.Any,
            amount => Amount.Parse(amount.ToString()) == amount && !amount.ToString().Contains('E')
        );

    [Fact]
    public void Adding_is_exact_and_leaving_the_range_throws()
    {
        Always.Holds(
            Pairs(SomeAmount.Addable),
            pair => (BigInteger)(pair.Left + pair.Right).Units == (BigInteger)pair.Left.Units + pair.Right.Units
        );
        Always.Holds(Pairs(SomeAmount.Addable), pair => pair.Left - pair.Right == pair.Left + -pair.Right);
        Assert.Throws<OverflowException>(() => Amount.FromUnits(Amount.MaxUnits) + Amount.FromUnits(1));
    }

    [Fact]
    public void A_product_with_a_rate_is_rounded_once_half_away_from_zero() =>
        Always.Holds(
            from amount in SomeAmount.Addable
            from rate in Rates
            select (amount, rate),
            pair =>
            {
                var expected = Rounded(
                    (BigInteger)pair.amount.Units * Unscaled(pair.rate),
                    BigInteger.Pow(10, pair.rate.Scale)
                );
                // A rate may carry more than 18 decimals; it is read as an amount first.
                var rate = Amount.From(pair.rate);
                expected =
                    pair.rate.Scale <= 18
                        ? expected
                        : Rounded((BigInteger)pair.amount.Units * rate.Units, BigInteger.Pow(10, 18));
                return BigInteger.Abs(expected) <= (BigInteger)Amount.MaxUnits
                    ? pair.amount.Times(pair.rate).Units == (Int128)expected
                    : Throws(() => pair.amount.Times(pair.rate));
            }
        );

    [Fact]
    public void A_decimal_becomes_an_amount_and_comes_back() =>
        Always.Holds(
            Rates,
            rate =>
                Amount.From(rate).Units
                    == (Int128)Rounded(Unscaled(rate) * BigInteger.Pow(10, 18), BigInteger.Pow(10, rate.Scale))
                && (rate.Scale > 18 || Amount.From(rate).ToDecimal() == rate)
        );

    [Theory]
    [InlineData("79228162514.264337593543950336", "79228162514.26433759354395034")]
    [InlineData("99999999999999999999.444444444545", "99999999999999999999.44444444")]
    [InlineData("-99999999999999999999.123456784999", "-99999999999999999999.12345678")]
    public void A_decimal_that_cannot_hold_every_digit_is_rounded_once(string amount, string expected) =>
        Assert.Equal(expected, Amount.Parse(amount).ToDecimal().ToString());

    [Fact]
    public void Rounding_for_a_document_moves_by_half_a_step_at_most() =>
        Always.Holds(
            from amount in SomeAmount.Addable
            from decimals in Gen.Choose(0, 18)
            select (amount, decimals),
            pair =>
            {
                var moved = (BigInteger)pair.amount.RoundedTo(pair.decimals).Units - pair.amount.Units;
                return BigInteger.Abs(moved) * 2 <= BigInteger.Pow(10, 18 - pair.decimals);
            }
        );

    [Theory]
    [InlineData("0.005", 2, "0.01")]
    [InlineData("-0.005", 2, "-0.01")]
    [InlineData("2.5", 0, "3")]
    [InlineData("-2.5", 0, "-3")]
    [InlineData("0.0049999", 2, "0")]
    public void Halves_are_rounded_away_from_zero(string amount, int decimals, string expected) =>
        Assert.Equal(expected, Amount.Parse(amount).RoundedTo(decimals).ToString());

    [Theory]
    [InlineData("1", "4", "0.25")]
    [InlineData("-1", "3", "-0.333333333333333333")]
    [InlineData("1", "0", null)]
    [InlineData("50000000000000000000", "0.000000000000000001", null)]
    public void A_share_is_null_where_it_has_no_meaning(string part, string whole, string? expected) =>
        Assert.Equal(expected, Amount.Parse(part).ShareOf(Amount.Parse(whole))?.ToString("G29"));

    [Fact]
    public void Two_currencies_are_never_added() =>
        Assert.Throws<InvalidOperationException>(() =>
            new Money(Amount.Parse("1"), new Currency("USD")) + new Money(Amount.Parse("1"), new Currency("EUR"))
        );

    private static Gen<(Amount Left, Amount Right)> Pairs(Gen<Amount> amounts) =>
        from left in amounts
        from right in amounts
        select (left, right);

    private static BigInteger Unscaled(decimal rate) =>
        BigInteger.Parse(
            new decimal(
                decimal.GetBits(rate)[0],
                decimal.GetBits(rate)[1],
                decimal.GetBits(rate)[2],
                rate < 0,
                0
            ).ToString()
        );

    private static BigInteger Rounded(BigInteger dividend, BigInteger divisor)
    {
        var twice = BigInteger.DivRem((BigInteger.Abs(dividend) * 2) + divisor, divisor * 2, out _);
        return dividend.Sign < 0 ? -twice : twice;
    }

    private static bool Throws(Func<Amount> work)
    {
        try
        {
            work();
            return false;
        }
        catch (OverflowException)
        {
            return true;
        }
    }

    [Theory]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("-18446744073709551616", "-18446744073709551616")]
    [InlineData("18.446744073709551616", "18.446744073709551616")]
    [InlineData("0.0000000000000000005", "0.000000000000000001")]
    [InlineData("-0.000000000000000001", "-0.000000000000000001")]
    [InlineData("79228162514264.337593543950335", "79228162514264.337593543950335")]
    public void A_decimal_becomes_an_amount_to_the_last_digit_however_large(string value, string expected) =>
        Assert.Equal(
            expected,
            Amount.From(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToString()
        );
}
