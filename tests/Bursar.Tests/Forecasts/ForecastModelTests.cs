using Bursar.Quantify.Forecasts.Models;

namespace Bursar.Tests.Forecasts;

/// <summary>Each model on a history whose continuation is known.</summary>
public sealed class ForecastModelTests
{
    private static readonly double[] Line = [.. Enumerable.Range(0, 40).Select(t => 100 + (3.0 * t))];

    [Fact]
    public void Exponential_smoothing_goes_on_along_a_straight_line()
    {
        var ahead = Smoothing.Fit(Line, 1).Continue(Line, 5);
        for (var h = 0; h < 5; h++)
            Assert.Equal(100 + (3.0 * (40 + h)), ahead[h], 0.5);
    }

    [Fact]
    public void A_level_moves_by_a_share_of_each_miss()
    {
        // By hand, for any share a: the level before the last value is 10, so the next is 10 + a·(12 − 10).
        double[] history = [10, 10, 10, 10, 10, 10, 10, 12];
        var form = new SmoothingForm(false, TrendKind.None, SeasonKind.None);
        var fitted = Smoothing.Fit([10, 10, 10, 10, 10, 10, 10, 10], 1, form);
        Assert.Equal([10.0, 10.0], fitted.Continue([10, 10, 10, 10], 2));
        Assert.InRange(Smoothing.Fit(history, 1, form).Continue(history, 1)[0], 10, 12);
    }

    [Fact]
    public void Theta_goes_on_at_half_the_slope()
    {
        // Hyndman and Billah, "Unmasking the Theta method", IJF 19 (2003): smoothing with a drift of half the slope.
        var ahead = Theta.Standard(Line, 1).Continue(Line, 5);
        for (var h = 1; h < 5; h++)
            Assert.Equal(1.5, ahead[h] - ahead[h - 1], 1e-6);
    }

    [Fact]
    public void ARIMA_takes_differences_of_a_line_and_goes_on_along_it()
    {
        var ahead = Arima.Fit(Line, 1).Continue(Line, 5);
        for (var h = 0; h < 5; h++)
            Assert.Equal(100 + (3.0 * (40 + h)), ahead[h], 0.01);
    }

    [Fact]
    public void ARIMA_finds_the_echo_of_the_value_before()
    {
        var noise = SomeSeries.Noise(11, 400);
        var values = new double[400];
        for (var t = 0; t < 400; t++)
            values[t] = 50 + (t > 0 ? 0.7 * (values[t - 1] - 50) : 0) + noise[t];
        var ahead = Arima.Fit(values, 1, new ArimaOrder(1, 0, 0, 0, 0, 0, true)).Continue(values, 60);
        Assert.InRange((ahead[1] - ahead[59]) / (ahead[0] - ahead[59]), 0.6, 0.8);
        Assert.InRange(ahead[59], 49, 51);
    }

    [Fact]
    public void The_same_season_before_is_repeated() =>
        Assert.Equal([3, 4, 5, 3, 4], Seasonal.Naive(3).Continue([0, 1, 2, 3, 4, 5], 5));

    [Fact]
    public void A_weighted_sum_of_values_before_continues_a_wave_for_ever()
    {
        var wave = Enumerable.Range(0, 200).Select(t => 10 + Math.Sin(t * 0.5)).ToArray();
        var ahead = Regression.Fit(wave, [1, 2], 1e-9).Continue(wave, 20);
        for (var h = 0; h < 20; h++)
            Assert.Equal(10 + Math.Sin((200 + h) * 0.5), ahead[h], 0.02);
    }

    [Fact]
    public void A_season_that_repeats_is_taken_out_whole_and_put_back()
    {
        double[] week = [10, 20, 30, 40, 50, 5, 1];
        var days = Enumerable.Range(0, 140).Select(t => 100 + week[t % 7]).ToArray();
        Assert.True(Loess.Strength(days, 7) > 0.99);
        var ahead = Seasonal.Apart(days, [7], rest => Smoothing.Fit(rest, 1)).Continue(days, 14);
        for (var h = 0; h < 14; h++)
            Assert.Equal(100 + week[h % 7], ahead[h], 0.1);
    }

    [Fact]
    public void A_local_line_through_a_straight_line_is_that_line_in_the_middle_and_at_the_ends()
    {
        var line = Enumerable.Range(0, 60).Select(t => 3 + (0.25 * t)).ToArray();
        foreach (var window in new[] { 1, 2, 7, 12, 13, 59, 61 })
        {
            var smooth = Loess.Smooth(line, window, 1, 1);
            for (var t = 0; t < line.Length; t++)
                Assert.Equal(line[t], smooth[t], 1e-9);
        }
    }

    [Fact]
    public void A_local_mean_weighs_what_is_near_by_the_cube_of_the_cube()
    {
        var days = SomeSeries.Noise(5, 40).ToArray();
        var smooth = Loess.Smooth(days, 7, 0, 1);
        for (var t = 3; t < days.Length - 3; t++)
        {
            var weights = Enumerable.Range(-3, 7).Select(x => Math.Pow(1 - Math.Pow(Math.Abs(x) / 3.0, 3), 3)).ToList();
            var mean = weights.Select((weight, i) => weight * days[t - 3 + i]).Sum() / weights.Sum();
            Assert.Equal(mean, smooth[t], 1e-9);
        }
    }

    [Fact]
    public void A_factored_matrix_solves_as_the_matrix_does()
    {
        double[,] matrix =
        {
            { 4, 1, 0.5 },
            { 1, 3, 0.25 },
            { 0.5, 0.25, 2 },
        };
        var alone = LeastSquares.Symmetric((double[,])matrix.Clone(), [1, 2, 3]);
        LeastSquares.Factor(matrix);
        Assert.Equal([0, 0, 0], LeastSquares.Solve(matrix, [0, 0, 0]));
        Assert.Equal(alone, LeastSquares.Solve(matrix, [1, 2, 3]));
    }

    [Fact]
    public void Two_seasons_within_each_other_are_both_followed()
    {
        double At(int t) => 100 + (t % 24) + (t % 168 >= 120 ? -40 : 0);
        var hours = Enumerable.Range(0, 168 * 5).Select(At).ToArray();
        var ahead = DoubleSeason.Fit(hours, 24, 168).Continue(hours, 168);
        for (var h = 0; h < 168; h++)
            Assert.Equal(At((168 * 5) + h), ahead[h], 6.0);
    }

    [Fact]
    public void Indices_of_a_season_are_its_mean_ratios_to_a_moving_average()
    {
        // A year of quarters 80, 90, 110, 120 % of 100, again and again.
        var quarters = Enumerable.Range(0, 20).Select(t => 100 * new[] { 0.8, 0.9, 1.1, 1.2 }[t % 4]).ToArray();
        var indices = Seasons.Indices(quarters, 4, true);
        Assert.Equal([0.8, 0.9, 1.1, 1.2], indices.Select(index => Math.Round(index, 9, MidpointRounding.ToEven)));
        Assert.True(Seasons.Evident(quarters, 4));
        Assert.False(Seasons.Evident([.. SomeSeries.Noise(3, 60)], 4));
    }

    [Fact]
    public void Grains_agree_on_a_constant()
    {
        var months = Enumerable.Repeat(7.0, 48).ToArray();
        Assert.All(
            Hierarchy.Fit(months, 12, (y, k) => Smoothing.Fit(y, k)).Continue(months, 20),
            value => Assert.Equal(7, value, 1e-6)
        );
    }

    [Fact]
    public void Parameters_are_found_where_the_misses_are_least()
    {
        var point = Simplex.Minimise(p => Math.Pow(p[0] - 3, 2) + (10 * Math.Pow(p[1] + 1, 2)), [0, 0], 1, 400);
        Assert.Equal(3, point[0], 0.01);
        Assert.Equal(-1, point[1], 0.01);
        Assert.Equal(
            [1, 2],
            LeastSquares
                .Symmetric(
                    new double[,]
                    {
                        { 4, 2 },
                        { 2, 3 },
                    },
                    [8, 8]
                )
                .Select(Whole)
        );
    }

    [Theory]
    [InlineData(0.5, 0, 0)]
    [InlineData(0.9, 1.281552, 1.475884)]
    [InlineData(0.975, 1.959964, 2.570582)]
    [InlineData(0.995, 2.575829, 4.032143)]
    public void Quantiles_are_those_of_the_tables(double probability, double normal, double student)
    {
        Assert.Equal(normal, Normal.Quantile(probability), 1e-6);
        Assert.Equal(-normal, Normal.Quantile(1 - probability), 1e-6);
        Assert.Equal(student, Student.Quantile(probability), 0.03);
    }

    private static double Whole(double value) => Math.Round(value, MidpointRounding.ToEven);
}
