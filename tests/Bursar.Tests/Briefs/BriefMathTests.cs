using Bursar.Core.Amounts;
using Bursar.Manage.Briefs;

namespace Bursar.Tests.Briefs;

public sealed class BriefMathTests
{
    private static readonly Currency Dollar = new("USD");

    [Fact]
    public void Rounded_parts_sum_to_the_rounded_whole()
    {
        var parts = new[] { 5_249_000m, 2_349_000m, 1_549_000m, 9_253_000m }.Select(Amount.From).ToList();
        var whole = BriefMath.Sum(parts);
        var scale = BriefScale.For(whole, Dollar);
        var rounded = RoundedParts.Of(parts, whole, scale.Step);
        Assert.Equal("$18.4M", scale.Write(whole, Dollar));
        Assert.Equal(scale.Rounded(whole), BriefMath.Sum(rounded));
        Assert.Equal(["$5.3M", "$2.3M", "$1.5M", "$9.3M"], rounded.Select(part => scale.Write(part, Dollar)));
    }

    [Fact]
    public void Parts_of_either_sign_sum_too()
    {
        var parts = new[] { 310_400m, -104_600m, 84_400m, -0.2m }.Select(Amount.From).ToList();
        var rounded = RoundedParts.Of(parts, BriefMath.Sum(parts), Amount.From(10_000));
        Assert.Equal([310_000m, -100_000m, 80_000m, 0m], rounded.Select(part => part.ToDecimal()));
    }

    [Fact]
    public void Parts_that_do_not_sum_to_the_whole_are_a_bug() =>
        Assert.Throws<ArgumentException>(() => RoundedParts.Of([Amount.From(1)], Amount.From(2), Amount.From(1)));

    [Theory]
    [InlineData("18400000", "$18.4M")]
    [InlineData("5234567", "$5.23M")]
    [InlineData("843210", "$843k")]
    [InlineData("84321", "$84.3k")]
    [InlineData("5231.40", "$5,231")]
    [InlineData("12.5", "$12.50")]
    [InlineData("-310000", "−$310k")]
    [InlineData("2400000000", "$2.40B")]
    [InlineData("0", "$0.00")]
    public void An_amount_is_written_in_about_three_digits(string amount, string text)
    {
        var value = Amount.Parse(amount);
        Assert.Equal(text, BriefScale.For(value, Dollar).Write(value, Dollar));
    }

    [Fact]
    public void A_change_beside_millions_is_told_in_hundredths_of_a_million()
    {
        var page = BriefScale.For(Amount.From(18_400_000), Dollar);
        Assert.Equal("$0.31M", page.Finer(Amount.From(310_000), Dollar).Write(Amount.From(310_000), Dollar));
        Assert.Equal("$12.0k", page.Finer(Amount.From(12_000), Dollar).Write(Amount.From(12_000), Dollar));
    }

    [Fact]
    public void Amounts_that_people_wrote_keep_their_digits()
    {
        Amount[] amounts = [Amount.From(800_000), Amount.From(600_000), Amount.From(4_900_000)];
        Assert.Equal("$0.8M", BriefScale.Fitting(amounts, Dollar).Write(amounts[0], Dollar));
    }

    [Fact]
    public void The_usual_day_is_the_one_in_the_middle() =>
        Assert.Equal(
            Amount.From(3),
            BriefMath.Median([Amount.From(90), Amount.From(1), Amount.From(3), Amount.From(4)])
        );
}
