using Bursar.Core.Amounts;
using Bursar.Quantify.Forecasts.Models;

namespace Bursar.Tests.Forecasts;

/// <summary>What every forecast keeps, whatever the series.</summary>
public sealed class ForecasterTests
{
    public static TheoryData<string> Kinds => [.. SomeSeries.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_forecast_is_the_same_however_often_and_on_however_many_threads_it_is_made(string kind)
    {
        var (values, period) = SomeSeries.All[kind];
        var first = Forecaster.Make(values, period, 12, Effort.Full);
        var again = new SeriesForecast[4];
        Parallel.For(0, again.Length, i => again[i] = Forecaster.Make(values, period, 12, Effort.Full));
        Assert.All(again, other => Assert.Equal(first.Point, other.Point));
        Assert.All(again, other => Assert.Equal(first.Quantile(0.9), other.Quantile(0.9)));
        Assert.All(again, other => Assert.Equal(first.Reason, other.Reason));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_forecast_without_its_band_is_the_same_to_the_last_digit(string kind)
    {
        var (values, period) = SomeSeries.All[kind];
        foreach (var effort in new[] { Effort.Quick, Effort.Full })
        {
            var whole = Forecaster.Make(values, period, 12, effort);
            var path = Forecaster.Path(values, period, 12, effort);
            Assert.Equal(whole.Point, path.Point);
            Assert.Equal(whole.Reason, path.Reason);
            Assert.Equal(whole.Notes, path.Notes);
            Assert.Equal(whole.StepAt, path.StepAt);
            Assert.Equal(whole.Backtest.Weights, path.Backtest.Weights);
            Assert.Equal(whole.Backtest.Misses, path.Backtest.Misses);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FCT_01_quantiles_never_cross_and_the_point_lies_among_them(string kind)
    {
        var (values, period) = SomeSeries.All[kind];
        foreach (var effort in new[] { Effort.Quick, Effort.Full })
        {
            var forecast = Forecaster.Make(values, period, 12, effort);
            double[] probabilities = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99];
            var rows = probabilities.Select(forecast.Quantile).ToList();
            for (var h = 0; h < 12; h++)
            {
                Assert.True(double.IsFinite(forecast.Point[h]));
                for (var i = 1; i < rows.Count; i++)
                    Assert.True(rows[i - 1][h] <= rows[i][h]);
                Assert.Equal(forecast.Point[h], rows[3][h], Math.Abs(forecast.Point[h]) * 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("monthly")]
    [InlineData("weekly")]
    [InlineData("daily")]
    [InlineData("short")]
    public void A_series_in_cents_has_the_forecast_of_the_series_in_units_times_a_hundred(string kind)
    {
        var (values, period) = SomeSeries.All[kind];
        var units = Forecaster.Make(values, period, 12, Effort.Full);
        var cents = Forecaster.Make([.. values.Select(value => value * 128)], period, 12, Effort.Full);
        for (var h = 0; h < 12; h++)
            Assert.Equal(units.Point[h], cents.Point[h] / 128, Math.Abs(units.Point[h]) * 0.01);
    }

    [Fact]
    public void What_was_always_the_same_is_expected_to_stay_so_for_certain()
    {
        var forecast = Forecaster.Make([.. Enumerable.Repeat(42.5, 30)], 12, 6, Effort.Full);
        Assert.All(forecast.Point, value => Assert.Equal(42.5, value, 1e-6));
        Assert.Equal(42.5, forecast.Quantile(0.99)[5], 1e-6);
    }

    [Fact]
    public void One_value_is_carried_on_with_an_assumed_band_that_says_so()
    {
        var forecast = Forecaster.Make([100], 12, 3, Effort.Full);
        Assert.All(forecast.Point, value => Assert.Equal(100, value, 1e-9));
        Assert.True(forecast.Quantile(0.9)[0] > 110);
        Assert.Contains("too short", forecast.Reason);
        Assert.Contains(forecast.Notes, note => note.Contains("assumed"));
    }

    [Fact]
    public void Nothing_is_expected_of_a_series_without_a_value()
    {
        var forecast = Forecaster.Make([double.NaN, double.NaN], 7, 3, Effort.Full);
        Assert.Equal([0, 0, 0], forecast.Point);
        Assert.StartsWith("Nothing is known", forecast.Reason);
    }

    [Fact]
    public void Costs_are_never_forecast_below_zero_but_credits_may_be()
    {
        var falling = Enumerable.Range(0, 40).Select(t => Math.Max(0, 100.0 - (3 * t))).ToArray();
        Assert.All(Forecaster.Make(falling, 12, 12, Effort.Full).Quantile(0.01), value => Assert.True(value >= 0));
        var credits = SomeSeries.All["credits"].Values;
        var forecast = Forecaster.Make(credits, 12, 12, Effort.Full);
        Assert.All(forecast.Point, value => Assert.True(value < 0));
        Assert.Contains(forecast.Notes, note => note.Contains("below zero"));
    }

    [Fact]
    public void Days_that_are_missing_are_filled_by_their_weekday_and_told()
    {
        var week = new[] { 10.0, 20, 30, 40, 50, 5, 1 };
        var days = Enumerable.Range(0, 120).Select(t => t % 11 == 5 ? double.NaN : week[t % 7]).ToArray();
        var forecast = Forecaster.Make(days, 7, 7, Effort.Full);
        for (var h = 0; h < 7; h++)
            Assert.Equal(week[(120 + h) % 7], forecast.Point[h], 1.0);
        Assert.Contains(forecast.Notes, note => note.Contains("missing"));
    }

    [Fact]
    public void A_step_to_a_new_level_is_seen_and_not_taken_for_a_trend()
    {
        var noise = SomeSeries.Noise(7, 120);
        var days = Enumerable.Range(0, 120).Select(t => (t < 90 ? 100 : 220) + noise[t]).ToArray();
        var forecast = Forecaster.Make(days, 7, 28, Effort.Full);
        Assert.All(forecast.Point, value => Assert.InRange(value, 212, 228));
        Assert.Contains(forecast.Notes, note => note.Contains("value 91"));
    }

    [Fact]
    public void What_comes_now_and_then_is_expected_at_its_rate()
    {
        var days = Enumerable.Range(0, 100).Select(t => t % 5 == 2 ? 50.0 : 0).ToArray();
        var forecast = Forecaster.Make(days, 1, 10, Effort.Full);
        Assert.All(forecast.Point, value => Assert.InRange(value, 7, 13));
        Assert.Contains(forecast.Notes, note => note.Contains("zero most of the time"));
    }

    [Fact]
    public void FCT_01_parts_add_up_to_the_total_to_the_cent_at_every_quantile()
    {
        var parts = new[] { 1, 2, 3 }.Select(seed => SomeSeries.Monthly(seed, 60)).ToArray();
        var whole = Enumerable.Range(0, 60).Select(t => parts.Sum(part => part[t])).ToArray();
        var forecasts = parts.Select(part => Forecaster.Make(part, 12, 12, Effort.Full)).ToList();
        var top = Forecaster.Make(whole, 12, 12, Effort.Full);
        decimal[] probabilities = [0.1m, 0.5m, 0.9m];
        var (total, amounts) = ForecastSums.AddUp(top, forecasts, probabilities, 2);
        for (var h = 0; h < 12; h++)
        {
            Assert.Equal(total.Point[h], Sum(amounts.Select(part => part.Point[h])));
            foreach (var probability in probabilities)
                Assert.Equal(
                    total.Quantiles[probability][h],
                    Sum(amounts.Select(part => part.Quantiles[probability][h]))
                );
            Assert.Equal(total.Point[h], total.Point[h].RoundedTo(2));
        }
    }

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
